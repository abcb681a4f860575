package io.tokenguard.internal.introspection;

import io.tokenguard.access.AccessToken;
import io.tokenguard.access.RefusedException;
import io.tokenguard.internal.claims.AnswerAgreement;
import io.tokenguard.internal.claims.LifetimeCheck;
import io.tokenguard.internal.claims.TokenTimes;
import java.time.Instant;

/**
 * An issuer whose introspection endpoint is used.
 *
 * @param name its identifier, or the address of its endpoint
 * @param tokenPrefix the prefix of its opaque tokens; empty if they have none
 * @param isAlwaysAsked whether signed tokens are introspected too
 * @param introspector introspects its tokens
 * @param lifetime how long its tokens live
 * @param readiness what answers wait for
 */
public record IntrospectedIssuer(
        String name,
        String tokenPrefix,
        boolean isAlwaysAsked,
        Introspector introspector,
        LifetimeCheck lifetime,
        Readiness readiness) {
    /** What must be known before an answer can be read. */
    @FunctionalInterface
    public interface Readiness {
        /**
         * How answers are compared with signed tokens. Throws if that is not known.
         *
         * @param mayWait whether to wait until it is known; else {@link
         *     io.tokenguard.internal.waiting.WouldWaitException} is thrown
         */
        AnswerAgreement require(boolean mayWait) throws RefusedException;
    }

    /** The same for decisions that must not wait: uses cached answers only. */
    IntrospectedIssuer withoutWaiting() {
        return new IntrospectedIssuer(
                name,
                tokenPrefix,
                isAlwaysAsked,
                introspector.withoutWaiting(),
                lifetime,
                unused -> readiness.require(false));
    }

    AccessToken introspect(String token, boolean isFresh, Instant now) throws RefusedException {
        return introspect(token, isFresh, false, now);
    }

    private AccessToken introspect(String token, boolean isFresh, boolean isVerified, Instant now)
            throws RefusedException {
        AnswerAgreement unused = readiness.require(true);
        AccessToken answer = introspector.introspect(token, isFresh, isVerified);
        lifetime.check(TokenTimes.of(answer), now);
        return answer;
    }

    /** The answer about a signed token, which must be about the same subject, client and binding. */
    AccessToken confirm(String token, AccessToken verified, boolean isFresh, Instant now) throws RefusedException {
        AccessToken answer = introspect(token, isFresh, true, now);
        readiness.require(true).require(verified, answer);
        return answer;
    }
}

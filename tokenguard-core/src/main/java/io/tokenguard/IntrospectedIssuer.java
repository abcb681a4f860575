package io.tokenguard;

import io.tokenguard.access.AccessToken;
import io.tokenguard.access.RefusedException;
import io.tokenguard.config.Introspection;
import io.tokenguard.internal.claims.AnswerAgreement;
import io.tokenguard.internal.claims.LifetimeCheck;
import io.tokenguard.internal.claims.TokenTimes;
import io.tokenguard.internal.introspection.Introspector;
import java.time.Instant;

/**
 * An issuer that is asked about tokens.
 *
 * @param name its identifier, or where it answers
 * @param settings which tokens it is asked about
 * @param introspector asks it
 * @param lifetime how long its tokens live
 */
record IntrospectedIssuer(String name, Introspection settings, Introspector introspector, LifetimeCheck lifetime) {
    AccessToken introspect(String token, boolean isFresh, Instant now) throws RefusedException {
        return introspect(token, isFresh, false, now);
    }

    private AccessToken introspect(String token, boolean isFresh, boolean isVerified, Instant now)
            throws RefusedException {
        AccessToken answer = introspector.introspect(token, isFresh, isVerified);
        lifetime.check(TokenTimes.of(answer), now);
        return answer;
    }

    /** Introspects a signed token and requires the answer to be about the same subject, client and binding. */
    void confirm(String token, AccessToken judged, boolean isFresh, Instant now) throws RefusedException {
        AnswerAgreement.require(judged, introspect(token, isFresh, true, now));
    }
}

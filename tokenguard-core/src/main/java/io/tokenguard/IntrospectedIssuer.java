package io.tokenguard;

import io.tokenguard.access.AccessToken;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import io.tokenguard.config.Introspection;
import io.tokenguard.internal.claims.LifetimeCheck;
import io.tokenguard.internal.claims.TokenTimes;
import io.tokenguard.internal.introspection.Introspector;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

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

    /** Requires the answer about a token not to speak of another one than was judged here. */
    void confirm(String token, AccessToken judged, boolean isFresh, Instant now) throws RefusedException {
        AccessToken answer = introspect(token, isFresh, true, now);
        boolean agrees = agree(judged.subject(), answer.subject())
                && agree(judged.clientId(), answer.clientId())
                && (!answer.claims().containsKey("cnf")
                        || Objects.equals(
                                answer.claims().get("cnf"), judged.claims().get("cnf")));
        if (!agrees) {
            throw new RefusedException(RefusalReason.CLAIMS_MALFORMED, "answer contradicts the token");
        }
    }

    private static boolean agree(Optional<String> one, Optional<String> other) {
        return one.isEmpty() || other.isEmpty() || one.equals(other);
    }
}

package io.tokenguard.internal.authorization;

import io.tokenguard.access.AccessRequirement;
import io.tokenguard.access.AccessToken;
import io.tokenguard.access.AuthorizationRequest;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Whether the user has authenticated strongly and recently enough (RFC 9470 §4, RFC 9068 §2.2.1). */
final class AuthenticationCheck {
    /** How far an issuer's clock may be ahead; a later time of authentication is wrong. */
    private static final BigDecimal MOST_AHEAD =
            BigDecimal.valueOf(Duration.ofMinutes(2).toSeconds());

    private AuthenticationCheck() {}

    static boolean isStrong(AccessToken token, AccessRequirement.Acr demanded, List<String> acrOrder) {
        return token.text("acr").filter(acr -> demanded.accepts(acr, acrOrder)).isPresent();
    }

    static boolean isRecent(AuthorizationRequest attempt, AccessRequirement.MaxAge demanded) {
        BigDecimal now = BigDecimal.valueOf(attempt.now().getEpochSecond());
        return authenticatedAt(attempt.token())
                .map(now::subtract)
                .filter(age -> age.compareTo(BigDecimal.valueOf(demanded.age().toSeconds())) <= 0)
                .filter(age -> age.compareTo(MOST_AHEAD.negate()) >= 0)
                .isPresent();
    }

    private static Optional<BigDecimal> authenticatedAt(AccessToken token) {
        Object time = token.claims().get("auth_time");
        if (time instanceof Long seconds) {
            return Optional.of(BigDecimal.valueOf(seconds));
        }
        return time instanceof BigDecimal seconds ? Optional.of(seconds) : Optional.empty();
    }
}

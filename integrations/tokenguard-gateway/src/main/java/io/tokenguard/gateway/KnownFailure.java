package io.tokenguard.gateway;

import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import io.tokenguard.access.RefusedException.Finding;
import io.tokenguard.internal.limits.TooMany;
import java.time.Duration;
import java.util.Optional;

/**
 * Why a token was refused for good. Contains nothing of the token.
 *
 * @param reason the reason
 * @param detail the rule, a constant of the code
 */
record KnownFailure(RefusalReason reason, String detail) {
    private static final String REPEATED = "this token was refused before, and was not verified again";

    static KnownFailure of(RefusedException refused) {
        return new KnownFailure(refused.reason(), refused.detail());
    }

    /** The refusal of the same token. */
    RefusedException answer(NetworkBrake network) {
        Optional<Duration> wait = network.untilReleased();
        return wait.isPresent()
                ? TooMany.badTokens("a token that was refused before", wait.get())
                : new RefusedException(reason, detail, () -> Finding.NONE.hint(REPEATED));
    }
}

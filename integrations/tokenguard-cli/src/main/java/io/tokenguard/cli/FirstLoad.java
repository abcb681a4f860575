package io.tokenguard.cli;

import io.tokenguard.TokenGuard;
import io.tokenguard.access.GuardHealth;
import io.tokenguard.access.GuardHealth.KeyHealth;
import io.tokenguard.access.GuardHealth.KeyState;
import java.time.Duration;

/** Waits until a guard has loaded the keys of its issuers, or has failed to. */
final class FirstLoad {
    private static final Duration LONGEST = Duration.ofSeconds(8);
    private static final Duration STEP = Duration.ofMillis(50);

    private FirstLoad() {}

    /** Waits for at most 8 seconds, and no longer than until the first load of each issuer has ended. */
    static void await(TokenGuard guard) {
        long end = System.nanoTime() + LONGEST.toNanos();
        while (!guard.awaitReady(STEP) && !hasEnded(guard.health()) && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }

    private static boolean hasEnded(GuardHealth health) {
        return health.issuers().stream().allMatch(FirstLoad::hasEnded);
    }

    private static boolean hasEnded(KeyHealth keys) {
        return keys.isTenant()
                || keys.state() == KeyState.FRESH
                || keys.lastFailure().isPresent();
    }
}

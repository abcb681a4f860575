package io.tokenguard.internal.revocation;

import io.tokenguard.spi.RevocationStore;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * How revoked tokens are found.
 *
 * @param store has the revocations of other nodes; empty if there is none
 * @param failsOpen whether tokens are accepted while it is not known whether they were revoked
 * @param outageAfter how long the store may be unreachable before that counts
 * @param limits how many revocations are stored, and for how long
 * @param clock the time
 * @param sweeper runs what no request may wait for
 */
public record RevocationPolicy(
        Optional<RevocationStore> store,
        boolean failsOpen,
        Duration outageAfter,
        RevocationLimits limits,
        Clock clock,
        Executor sweeper) {}

package io.tokenguard.internal.revocation;

import io.tokenguard.spi.RevocationStore;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * How it is told whether a token was revoked.
 *
 * @param store brings the revocations of other nodes; empty where there are none
 * @param failsOpen whether tokens are accepted while it is unknown whether they were revoked
 * @param outageAfter how long ago the store may have been asked last
 * @param limits how many revocations are held, and for how long
 * @param clock the time
 * @param sweeper does what no request is to wait for
 */
public record RevocationPolicy(
        Optional<RevocationStore> store,
        boolean failsOpen,
        Duration outageAfter,
        RevocationLimits limits,
        Clock clock,
        Executor sweeper) {}

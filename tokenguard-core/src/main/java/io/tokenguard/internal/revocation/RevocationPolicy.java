package io.tokenguard.internal.revocation;

import io.tokenguard.access.FailurePolicy;
import io.tokenguard.spi.RevocationStore;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * How it is told whether a token was revoked.
 *
 * @param store brings the revocations of other nodes; empty where there are none
 * @param outage what is done with tokens while it can't be told
 * @param outageAfter how long ago the store may have been asked last
 * @param limits how many revocations are held, and for how long
 * @param clock the time
 * @param sweeper does what no request is to wait for
 */
public record RevocationPolicy(
        Optional<RevocationStore> store,
        FailurePolicy outage,
        Duration outageAfter,
        RevocationLimits limits,
        Clock clock,
        Executor sweeper) {}

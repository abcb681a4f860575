package io.tokenguard.internal.possession;

import io.tokenguard.spi.ReplayStore;
import java.time.Duration;
import java.util.Optional;

/**
 * Which proofs count as used.
 *
 * @param capacity how many live proofs this node's memory holds
 * @param greatestAge how long this configuration accepts a proof
 * @param shared remembers the proofs of all nodes; empty if this node's memory is all there is
 * @param outageAfter how long the shared store may be out of reach before {@code judgesAlone} counts
 * @param judgesAlone whether this node's memory decides while the shared store is out of reach
 */
public record ReplayPolicy(
        int capacity, Duration greatestAge, Optional<ReplayStore> shared, Duration outageAfter, boolean judgesAlone) {}

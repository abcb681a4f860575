package io.tokenguard.internal.possession;

import io.tokenguard.spi.ReplayStore;
import java.time.Duration;
import java.util.Optional;

/**
 * Which proofs count as used.
 *
 * @param capacity how many live proofs this node can store
 * @param greatestAge how long this configuration accepts a proof
 * @param clockSkew how far the date of a proof may be in the future
 * @param shared the used proofs of all nodes; empty if there is no shared store
 * @param outage what happens while the shared store does not answer
 */
public record ReplayPolicy(
        int capacity, Duration greatestAge, Duration clockSkew, Optional<ReplayStore> shared, Outage outage) {
    /**
     * What happens while the shared store does not answer.
     *
     * @param timeout how long a request waits for it
     * @param after how long it may be unreachable before {@code decidesAlone} counts
     * @param decidesAlone whether this node's own store decides then
     */
    public record Outage(Duration timeout, Duration after, boolean decidesAlone) {}
}

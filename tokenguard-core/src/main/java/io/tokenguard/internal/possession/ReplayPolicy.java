package io.tokenguard.internal.possession;

import io.tokenguard.spi.ReplayStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Which proofs count as used.
 *
 * @param shared remembers the proofs of all nodes; empty if this node's memory is all there is
 * @param outageAfter how long the shared store may be out of reach before {@code judgesAlone} counts
 * @param judgesAlone whether this node's memory decides while the shared store is out of reach
 * @param knownSince proofs that were made before are refused once, as they may have been used with a store that is no longer
 *     asked; {@link Instant#MIN} if there was none
 */
public record ReplayPolicy(
        Optional<ReplayStore> shared, Duration outageAfter, boolean judgesAlone, Instant knownSince) {}

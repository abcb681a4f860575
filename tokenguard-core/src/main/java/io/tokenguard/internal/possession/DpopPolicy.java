package io.tokenguard.internal.possession;

import io.tokenguard.access.SignatureAlgorithm;
import java.time.Duration;
import java.util.Set;

/**
 * Which proofs of possession are accepted (RFC 9449 §4.3).
 *
 * @param mode whether tokens that are bound to a key are served
 * @param algorithms what may sign a proof
 * @param greatestAge how long after {@code iat} a proof is good
 * @param clockSkew how far the clock of a client may be ahead
 */
public record DpopPolicy(
        BindingSupport mode, Set<SignatureAlgorithm> algorithms, Duration greatestAge, Duration clockSkew) {
    /** The greatest age that any configuration accepts. */
    public static final Duration LONGEST_AGE = Duration.ofMinutes(5);

    /** Copies the algorithms. */
    public DpopPolicy {
        algorithms = Set.copyOf(algorithms);
    }
}

package io.tokenguard.internal.possession;

import io.tokenguard.access.SignatureAlgorithm;
import java.time.Duration;
import java.util.Set;

/**
 * Which proofs of possession are accepted (RFC 9449 §4.3).
 *
 * @param mode whether DPoP-bound tokens are accepted
 * @param algorithms the accepted algorithms of proofs
 * @param greatestAge how long after {@code iat} a proof is accepted
 */
public record DpopPolicy(BindingSupport mode, Set<SignatureAlgorithm> algorithms, Duration greatestAge) {
    /** The greatest age that any configuration accepts. */
    public static final Duration LONGEST_AGE = Duration.ofMinutes(5);

    /** Copies the algorithms. */
    public DpopPolicy {
        algorithms = Set.copyOf(algorithms);
    }
}

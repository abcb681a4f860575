package io.tokenguard.internal.token;

import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import io.tokenguard.access.RefusedException.Finding;
import io.tokenguard.access.SignatureAlgorithm;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the header of one issuer's tokens must contain.
 *
 * @param algorithms the accepted algorithms
 * @param types the accepted types; empty if the type is not checked
 */
public record HeaderPolicy(Set<SignatureAlgorithm> algorithms, Set<String> types) {
    /** Copies the sets; removes {@code application/} from types and ignores their case (RFC 7515 §4.1.9). */
    public HeaderPolicy {
        algorithms = Set.copyOf(algorithms);
        types = types.stream().map(HeaderReader::normalise).collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Requires a header to have an accepted algorithm and type.
     *
     * @throws RefusedException if it has not
     */
    public void require(JoseHeader header) throws RefusedException {
        if (!algorithms.contains(header.algorithm())) {
            throw new RefusedException(
                    RefusalReason.ALGORITHM_NOT_ALLOWED,
                    "",
                    () -> decidedBy(Finding.of(name(header.algorithm()), names(algorithms)), header.algorithm()));
        }
        if (!types.isEmpty()) {
            requireType(header.type());
        }
    }

    /** A secret decides about HMAC, in the token or in the settings. */
    private Finding decidedBy(Finding finding, SignatureAlgorithm found) {
        return found.isHmac() || algorithms.stream().anyMatch(SignatureAlgorithm::isHmac)
                ? finding.by("tokenguard.algorithms", "tokenguard.hmac-secret-file")
                : finding;
    }

    private void requireType(@Nullable String type) throws RefusedException {
        if (type == null) {
            throw new RefusedException(
                    RefusalReason.TYPE_MISMATCH,
                    "typ",
                    () -> Finding.of("a typ that is empty, too long or no text", shown(types)));
        }
        if (!types.contains(type)) {
            throw new RefusedException(RefusalReason.TYPE_MISMATCH, "", () -> Finding.of(shown(type), shown(types)));
        }
    }

    private static String shown(String type) {
        return type.isEmpty() ? "no typ" : "typ " + type;
    }

    private static List<String> shown(Set<String> types) {
        return types.stream().map(HeaderPolicy::shown).sorted().toList();
    }

    private static List<String> names(Set<SignatureAlgorithm> algorithms) {
        return algorithms.stream().sorted().map(HeaderPolicy::name).toList();
    }

    static String name(SignatureAlgorithm algorithm) {
        return algorithm.joseNames().get(0);
    }
}

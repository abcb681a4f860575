package io.tokenguard.internal.possession;

import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import io.tokenguard.access.RefusedException.Finding;
import io.tokenguard.access.SignatureAlgorithm;
import io.tokenguard.internal.jose.Base64Url;
import io.tokenguard.internal.jose.JsonLimits;
import io.tokenguard.internal.jose.JsonReader;
import io.tokenguard.internal.jose.JwkReader;
import io.tokenguard.internal.jose.MalformedException;
import io.tokenguard.internal.jose.NumericDate;
import io.tokenguard.internal.jose.PublishedKey;
import io.tokenguard.spi.VerificationKey;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads proofs (RFC 9449 §4.3, steps 2 to 5 and 7) strictly, within limits; their keys must meet the rules for keys. */
final class DpopProofReader {
    private static final int LONGEST = 8_192;
    private static final int LONGEST_WITH_ML_DSA = 16_384;
    private static final int LONGEST_TEXT = 256;
    private static final int LONGEST_TARGET = 4_096;
    private static final String TYPE = "dpop+jwt";

    /**
     * Critical extensions (RFC 7515 §4.1.11), of which none is supported. All other parameters that RFC 9449 §4.3 does not name
     * are ignored (RFC 7515 §4): the key of a proof is in {@code jwk}, and nothing is ever fetched.
     */
    private static final String CRITICAL = "crit";

    private final Set<SignatureAlgorithm> algorithms;
    private final int longest;

    DpopProofReader(Set<SignatureAlgorithm> algorithms) {
        this.algorithms = algorithms;
        this.longest = algorithms.stream().anyMatch(SignatureAlgorithm::isMlDsa) ? LONGEST_WITH_ML_DSA : LONGEST;
    }

    /**
     * Reads a proof.
     *
     * @throws RefusedException with {@link RefusalReason#PROOF_INVALID} if it is malformed
     */
    DpopProof read(String text) throws RefusedException {
        int firstDot = text.indexOf('.');
        int secondDot = text.indexOf('.', firstDot + 1);
        boolean hasThreeParts = firstDot > 0 && secondDot > firstDot + 1 && text.indexOf('.', secondDot + 1) < 0;
        if (text.length() > longest || !hasThreeParts) {
            throw invalid("not three parts within the limit");
        }
        try {
            Map<String, @Nullable Object> header =
                    JsonReader.readObject(Base64Url.decode(text, 0, firstDot), JsonLimits.HEADER);
            Map<String, @Nullable Object> claims =
                    JsonReader.readObject(Base64Url.decode(text, firstDot + 1, secondDot), JsonLimits.CLAIMS);
            byte[] signature = Base64Url.decode(text, secondDot + 1, text.length());
            byte[] signed = text.substring(0, secondDot).getBytes(StandardCharsets.ISO_8859_1);
            return read(header, claims, signed, signature);
        } catch (MalformedException malformed) {
            throw invalid(malformed.getMessage());
        }
    }

    private DpopProof read(
            Map<String, @Nullable Object> header, Map<String, @Nullable Object> claims, byte[] signed, byte[] signature)
            throws RefusedException {
        requireNoExtension(header);
        String method = text(claims, "htm", LONGEST_TEXT);
        String target = text(claims, "htu", LONGEST_TARGET);
        String proofId = text(claims, "jti", LONGEST_TEXT);
        ProofTimes times = new ProofTimes(time(claims, "iat"), timeIfAny(claims, "exp"), timeIfAny(claims, "nbf"));
        requireType(header);
        VerificationKey key = key(header);
        String tokenHash = text(claims, "ath", LONGEST_TEXT);
        String nonce = isAbsent(claims, "nonce") ? null : text(claims, "nonce", LONGEST_TEXT);
        return new DpopProof(
                new ProofSignature(key, signed, signature), method, target, times, proofId, tokenHash, nonce);
    }

    /** RFC 7797 §3: with {@code b64} other than {@code true}, the signature covers something else. */
    private static void requireNoExtension(Map<String, @Nullable Object> header) throws RefusedException {
        if (header.containsKey(CRITICAL)) {
            throw invalid(CRITICAL);
        }
        if (header.containsKey("b64") && !Boolean.TRUE.equals(header.get("b64"))) {
            throw invalid("b64");
        }
    }

    /** Some clients write optional claims that they do not use as null or as an empty text. */
    private static boolean isAbsent(Map<String, @Nullable Object> claims, String name) {
        return claims.get(name) == null || "".equals(claims.get(name));
    }

    /** RFC 7515 §4.1.9: media types are case-insensitive, and {@code application/} may be omitted. */
    private static void requireType(Map<String, @Nullable Object> header) throws RefusedException {
        boolean isProof = header.get("typ") instanceof String type
                && (type.equalsIgnoreCase(TYPE) || type.equalsIgnoreCase("application/" + TYPE));
        if (!isProof) {
            throw invalid("typ");
        }
    }

    private VerificationKey key(Map<String, @Nullable Object> header) throws RefusedException {
        SignatureAlgorithm algorithm = header.get("alg") instanceof String name
                ? SignatureAlgorithm.named(name).filter(algorithms::contains).orElse(null)
                : null;
        if (algorithm == null) {
            throw new RefusedException(RefusalReason.PROOF_INVALID, "alg", () -> alg(header));
        }
        if (!(header.get("jwk") instanceof Map<?, ?> jwk)) {
            throw invalid("jwk");
        }
        PublishedKey brought = JwkReader.readKey(jwk);
        VerificationKey key = brought.uses().get(algorithm);
        if (key == null) {
            throw invalid(brought.isRefused() ? brought.flaw() : "jwk is not for this alg");
        }
        return key;
    }

    private Finding alg(Map<String, @Nullable Object> header) {
        return Finding.of(
                        "alg " + header.get("alg"),
                        "one of "
                                + algorithms.stream()
                                        .sorted()
                                        .map(known -> known.joseNames().get(0))
                                        .toList())
                .by("tokenguard.dpop.algorithms");
    }

    private static String text(Map<String, @Nullable Object> claims, String name, int longest) throws RefusedException {
        if (claims.get(name) instanceof String text && !text.isEmpty() && text.length() <= longest) {
            return text;
        }
        throw invalid(name);
    }

    /** A fraction of a second is rounded down. */
    private static Instant time(Map<String, @Nullable Object> claims, String name) throws RefusedException {
        OptionalLong seconds = NumericDate.seconds(claims.get(name));
        if (seconds.isEmpty() || seconds.getAsLong() < 0) {
            throw invalid(name);
        }
        return Instant.ofEpochSecond(seconds.getAsLong());
    }

    private static Optional<Instant> timeIfAny(Map<String, @Nullable Object> claims, String name)
            throws RefusedException {
        return claims.get(name) == null ? Optional.empty() : Optional.of(time(claims, name));
    }

    private static RefusedException invalid(String rule) {
        return new RefusedException(RefusalReason.PROOF_INVALID, rule);
    }
}

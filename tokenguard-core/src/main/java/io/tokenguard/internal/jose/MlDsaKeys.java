package io.tokenguard.internal.jose;

import io.tokenguard.access.SignatureAlgorithm;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Public keys for ML-DSA: as JWK (RFC 9964 §3, key type AKP) and in X.509 encoding (RFC 9881 §4). Every text of the right length
 * is a key (FIPS 204 §7.2).
 */
final class MlDsaKeys {
    /** SEQUENCE { SEQUENCE { OID 2.16.840.1.101.3.4.3.… } BIT STRING }, up to the last number of the OID. */
    private static final String PREFIX = "3082%04x300b06096086480165030403%02x0382%04x00";

    private MlDsaKeys() {}

    /** The parameter sets (FIPS 204 §4). */
    enum Parameters {
        ML_DSA_44(SignatureAlgorithm.ML_DSA_44, 0x11, 1_312, 2_420),
        ML_DSA_65(SignatureAlgorithm.ML_DSA_65, 0x12, 1_952, 3_309),
        ML_DSA_87(SignatureAlgorithm.ML_DSA_87, 0x13, 2_592, 4_627);

        private final SignatureAlgorithm algorithm;
        private final int keyBytes;
        private final int signatureBytes;
        private final String prefix;

        Parameters(SignatureAlgorithm algorithm, int identifier, int keyBytes, int signatureBytes) {
            this.algorithm = algorithm;
            this.keyBytes = keyBytes;
            this.signatureBytes = signatureBytes;
            this.prefix = PREFIX.formatted(keyBytes + 18, identifier, keyBytes + 1);
        }

        SignatureAlgorithm algorithm() {
            return algorithm;
        }

        int signatureBytes() {
            return signatureBytes;
        }

        private byte[] prefix() {
            return HexFormat.of().parseHex(prefix);
        }

        private boolean isPrefixOf(byte @Nullable [] encoded) {
            byte[] expected = prefix();
            return encoded != null
                    && encoded.length == expected.length + keyBytes
                    && Arrays.equals(encoded, 0, expected.length, expected, 0, expected.length);
        }
    }

    /** Whether some bytes are a key in X.509 encoding. */
    static boolean isKey(byte[] encoded) {
        return Arrays.stream(Parameters.values()).anyMatch(known -> known.isPrefixOf(encoded));
    }

    /** The parameter set that an {@code alg} names. */
    static Optional<Parameters> named(String algorithm) {
        return Arrays.stream(Parameters.values())
                .filter(known -> known.algorithm.joseNames().contains(algorithm))
                .findFirst();
    }

    /** The parameter set of a key; empty if it is of another kind. */
    static Optional<Parameters> parametersOf(PublicKey key) {
        byte[] encoded = "X.509".equals(key.getFormat()) ? key.getEncoded() : null;
        return Arrays.stream(Parameters.values())
                .filter(known -> known.isPrefixOf(encoded))
                .findFirst();
    }

    /**
     * Reads a key from its JWK.
     *
     * @return the key; null if the algorithm is another one, or the length is wrong
     */
    static @Nullable PublicKey read(Map<String, Object> jwk) throws MalformedException {
        Optional<Parameters> parameters = named(String.valueOf(jwk.get("alg")));
        String text = String.valueOf(jwk.get("pub"));
        byte[] raw = Base64Url.decode(text, 0, text.length());
        if (parameters.isEmpty() || raw.length != parameters.get().keyBytes) {
            return null;
        }
        byte[] prefix = parameters.get().prefix();
        byte[] encoded = Arrays.copyOf(prefix, prefix.length + raw.length);
        System.arraycopy(raw, 0, encoded, prefix.length, raw.length);
        return new MlDsaPublicKey(encoded);
    }

    /** What the thumbprint of a key is computed of (RFC 7638 §3.2, RFC 9964 §6); empty if it is of another kind. */
    static Optional<String> thumbprintMembers(PublicKey key) {
        return parametersOf(key).map(parameters -> {
            byte[] encoded = key.getEncoded();
            byte[] raw = Arrays.copyOfRange(encoded, parameters.prefix().length, encoded.length);
            return "{\"alg\":\"" + parameters.algorithm.joseNames().get(0) + "\",\"kty\":\"AKP\",\"pub\":\""
                    + Base64.getUrlEncoder().withoutPadding().encodeToString(raw) + "\"}";
        });
    }
}

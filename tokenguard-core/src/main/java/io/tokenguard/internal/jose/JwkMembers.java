package io.tokenguard.internal.jose;

import java.io.ByteArrayInputStream;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The members of a JWK that make up its public key, and those that must agree with it (RFC 7517 §4, RFC 7518 §6). */
final class JwkMembers {
    private static final Map<String, Set<String>> PUBLIC_MEMBERS = Map.of(
            "RSA", Set.of("kty", "n", "e"),
            "EC", Set.of("kty", "crv", "x", "y"),
            "OKP", Set.of("kty", "crv", "x"),
            "AKP", Set.of("kty", "alg", "pub"));

    private static final Set<String> NAMES = Set.of("kty", "crv", "alg");

    /** RFC 7518 §6.2.1.2, RFC 8037 §2 and RFC 8812 §3.1: coordinates have the full length of their curve. */
    private static final Map<String, Integer> COORDINATE_BYTES =
            Map.of("P-256", 32, "P-384", 48, "P-521", 66, "Ed25519", 32, "Ed448", 57, "secp256k1", 32);

    /** RFC 8037 §5, RFC 8812 §4.4. */
    private static final Set<String> VALUES = Set.of("n", "e", "crv", "x", "y");

    private JwkMembers() {}

    /** The names of the members that make up a public key of this type; none for symmetric and unknown types. */
    static Set<String> publicMembersOf(@Nullable Object keyType) {
        return keyType instanceof String name ? PUBLIC_MEMBERS.getOrDefault(name, Set.of()) : Set.of();
    }

    static boolean areWellFormed(Map<String, Object> parameters) {
        Integer coordinateBytes = COORDINATE_BYTES.get(String.valueOf(parameters.get("crv")));
        if (parameters.containsKey("crv") && coordinateBytes == null) {
            return false;
        }
        for (Map.Entry<String, Object> parameter : parameters.entrySet()) {
            if (!NAMES.contains(parameter.getKey())
                    && !isOfLength(String.valueOf(parameter.getValue()), coordinateBytes)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isOfLength(String text, @Nullable Integer bytes) {
        try {
            int length = Base64Url.decode(text, 0, text.length()).length;
            return bytes == null || length == bytes;
        } catch (MalformedException notBase64Url) {
            return false;
        }
    }

    /** Why a key is of no use here, although it need not be malformed; empty if its kind is known. */
    static Optional<String> unusedKindOf(Map<?, ?> jwk) {
        if (jwk.get("crv") instanceof String curve && !curve.isEmpty() && !COORDINATE_BYTES.containsKey(curve)) {
            return Optional.of("curve is not used here");
        }
        boolean isUnknown = "AKP".equals(jwk.get("kty"))
                && jwk.get("alg") instanceof String algorithm
                && MlDsaKeys.named(algorithm).isEmpty();
        return isUnknown ? Optional.of("algorithm is not used here") : Optional.empty();
    }

    /** RFC 7517 §4.7: the key in the first certificate must be the key of the other members. */
    static Optional<String> certificateFlawOf(@Nullable Object chain, PublicKey key) {
        if (chain == null) {
            return Optional.empty();
        }
        boolean matches = chain instanceof List<?> certificates
                && !certificates.isEmpty()
                && certificates.get(0) instanceof String leaf
                && isCertificateOf(leaf, key);
        return matches ? Optional.empty() : Optional.of("certificate is not that of the key");
    }

    /** Whether the key is in the first certificate only (RFC 7517 §4.7). */
    static boolean isCertificateOnly(Map<?, ?> jwk) {
        return jwk.get("x5c") != null
                && VALUES.stream().noneMatch(jwk::containsKey)
                && (!jwk.containsKey("kty") || PUBLIC_MEMBERS.containsKey(String.valueOf(jwk.get("kty"))));
    }

    /** The key of the first certificate, whose dates are not checked; null if it is malformed, or not of the stated type. */
    static @Nullable PublicKey certifiedKey(Map<?, ?> jwk) {
        if (!(jwk.get("x5c") instanceof List<?> chain) || chain.isEmpty() || !(chain.get(0) instanceof String leaf)) {
            return null;
        }
        try {
            PublicKey key = DerKeys.ofCertificate(Base64.getDecoder().decode(leaf));
            return key == null || !jwk.containsKey("kty") || typeOf(key).equals(jwk.get("kty")) ? key : null;
        } catch (IllegalArgumentException malformed) {
            return null;
        }
    }

    private static String typeOf(PublicKey key) {
        if (key instanceof RSAPublicKey) {
            return "RSA";
        }
        if (key instanceof ECPublicKey) {
            return "EC";
        }
        return MlDsaKeys.parametersOf(key).isPresent() ? "AKP" : "OKP";
    }

    private static boolean isCertificateOf(String base64Certificate, PublicKey key) {
        try {
            byte[] der = Base64.getDecoder().decode(base64Certificate);
            PublicKey certified = CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(der))
                    .getPublicKey();
            return Arrays.equals(certified.getEncoded(), key.getEncoded());
        } catch (CertificateException | IllegalArgumentException malformed) {
            return false;
        }
    }
}

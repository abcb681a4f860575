package io.tokenguard.internal.jose;

import io.tokenguard.access.SignatureAlgorithm;
import java.security.Provider;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.List;
import java.util.Optional;

/**
 * The Java Cryptography Architecture's names for a signature algorithm.
 *
 * @param keys the algorithm name of its key factories
 * @param signatures the algorithm names of its signatures, the usual one first; providers know different ones
 * @param parameters the parameters beside the name
 * @param isEcdsa whether JOSE encodes its signatures differently
 */
record JcaAlgorithm(String keys, List<String> signatures, Optional<PSSParameterSpec> parameters, boolean isEcdsa) {
    /** @throws IllegalArgumentException if it is HMAC, which has no public key */
    static JcaAlgorithm of(SignatureAlgorithm algorithm) {
        return switch (algorithm) {
            case RS256 -> pkcs1("SHA256withRSA");
            case RS384 -> pkcs1("SHA384withRSA");
            case RS512 -> pkcs1("SHA512withRSA");
            case PS256 -> pss("SHA256withRSA/PSS", "SHA-256", 32);
            case PS384 -> pss("SHA384withRSA/PSS", "SHA-384", 48);
            case PS512 -> pss("SHA512withRSA/PSS", "SHA-512", 64);
            case ES256 -> ecdsa("SHA256withECDSA");
            case ES384 -> ecdsa("SHA384withECDSA");
            case ES512 -> ecdsa("SHA512withECDSA");
            case ED25519 -> new JcaAlgorithm("Ed25519", List.of("Ed25519", "EdDSA"), Optional.empty(), false);
            case ED448 -> named("Ed448");
            case ES256K -> ecdsa("SHA256withECDSA");
            case HS256, HS384, HS512 -> throw new IllegalArgumentException(algorithm + " has no public key");
            case ML_DSA_44, ML_DSA_65, ML_DSA_87 -> named(algorithm.joseNames().get(0));
        };
    }

    private static JcaAlgorithm pkcs1(String name) {
        return new JcaAlgorithm("RSA", List.of(name), Optional.empty(), false);
    }

    /** RFC 7518 §3.5: one hash throughout, and a salt of its length. */
    private static JcaAlgorithm pss(String otherName, String hash, int saltLength) {
        PSSParameterSpec parameters = new PSSParameterSpec(
                hash, "MGF1", new MGF1ParameterSpec(hash), saltLength, PSSParameterSpec.TRAILER_FIELD_BC);
        return new JcaAlgorithm("RSA", List.of("RSASSA-PSS", otherName), Optional.of(parameters), false);
    }

    private static JcaAlgorithm ecdsa(String name) {
        return new JcaAlgorithm("EC", List.of(name), Optional.empty(), true);
    }

    private static JcaAlgorithm named(String name) {
        return new JcaAlgorithm(name, List.of(name), Optional.empty(), false);
    }

    /** The provider's name for it; empty if the provider does not support it. */
    Optional<String> nameAt(Provider provider) {
        return signatures.stream()
                .filter(name -> provider.getService("Signature", name) != null)
                .findFirst();
    }
}

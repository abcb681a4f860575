package io.tokenguard.testkit;

import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.Provider;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

/**
 * The signature algorithms a {@link TestKey} can be made for: RFC 7518 §3.1, RFC 8037 §3.1, RFC 8812 §3.2, RFC 9864 §2.2 and
 * RFC 9964 §3. {@code ES256K}, and before Java 24 ML-DSA too, need Bouncy Castle on the class path
 * ({@code org.bouncycastle:bcprov-jdk18on}); without it, keys for them throw {@link IllegalStateException}.
 */
public enum TestAlgorithm {
    /** RSASSA-PKCS1-v1_5 with SHA-256; a key of 2048 bits. */
    RS256("RS256", KeyShape.RSA, "SHA256withRSA"),
    /** RSASSA-PKCS1-v1_5 with SHA-384; a key of 2048 bits. */
    RS384("RS384", KeyShape.RSA, "SHA384withRSA"),
    /** RSASSA-PKCS1-v1_5 with SHA-512; a key of 2048 bits. */
    RS512("RS512", KeyShape.RSA, "SHA512withRSA"),
    /** RSASSA-PSS with SHA-256; a key of 2048 bits. */
    PS256("PS256", KeyShape.RSA, "RSASSA-PSS", 32),
    /** RSASSA-PSS with SHA-384; a key of 2048 bits. */
    PS384("PS384", KeyShape.RSA, "RSASSA-PSS", 48),
    /** RSASSA-PSS with SHA-512; a key of 2048 bits. */
    PS512("PS512", KeyShape.RSA, "RSASSA-PSS", 64),
    /** ECDSA on P-256 with SHA-256. */
    ES256("ES256", KeyShape.P256, "SHA256withECDSAinP1363Format"),
    /** ECDSA on P-384 with SHA-384. */
    ES384("ES384", KeyShape.P384, "SHA384withECDSAinP1363Format"),
    /** ECDSA on P-521 with SHA-512. */
    ES512("ES512", KeyShape.P521, "SHA512withECDSAinP1363Format"),
    /** Ed25519 under the older, polymorphic name {@code EdDSA}. */
    EDDSA("EdDSA", KeyShape.ED25519, "Ed25519"),
    /** Ed25519 under its fully specified name {@code Ed25519}. */
    ED25519("Ed25519", KeyShape.ED25519, "Ed25519"),
    /** Ed448 under its fully specified name {@code Ed448}. */
    ED448("Ed448", KeyShape.ED448, "Ed448"),
    /** ECDSA on secp256k1 with SHA-256. */
    ES256K("ES256K", KeyShape.SECP256K1, "SHA256withPLAIN-ECDSA"),
    /** ML-DSA-44 (FIPS 204). */
    ML_DSA_44("ML-DSA-44", KeyShape.ML_DSA_44, "ML-DSA-44"),
    /** ML-DSA-65 (FIPS 204). */
    ML_DSA_65("ML-DSA-65", KeyShape.ML_DSA_65, "ML-DSA-65"),
    /** ML-DSA-87 (FIPS 204). */
    ML_DSA_87("ML-DSA-87", KeyShape.ML_DSA_87, "ML-DSA-87");

    private static final int NO_SALT = 0;

    private final String joseName;
    private final KeyShape shape;
    private final String jcaName;
    private final int saltLength;

    TestAlgorithm(String joseName, KeyShape shape, String jcaName) {
        this(joseName, shape, jcaName, NO_SALT);
    }

    TestAlgorithm(String joseName, KeyShape shape, String jcaName, int saltLength) {
        this.joseName = joseName;
        this.shape = shape;
        this.jcaName = jcaName;
        this.saltLength = saltLength;
    }

    /** The algorithms that issuers use without being asked to: all but {@code Ed448}, {@code ES256K} and ML-DSA. */
    public static List<TestAlgorithm> defaults() {
        return List.copyOf(EnumSet.range(RS256, ED25519));
    }

    /** Whether this process can make keys for it. */
    public boolean isAvailable() {
        try {
            Optional<Provider> unused = shape.provider();
            return true;
        } catch (IllegalStateException lacking) {
            return false;
        }
    }

    /**
     * The text of the {@code alg} header and JWK member, as registered with IANA.
     *
     * @return for instance {@code ES256} or {@code EdDSA}
     */
    public String joseName() {
        return joseName;
    }

    KeyPair generateKeyPair() {
        return shape.generate();
    }

    boolean canUse(Key key) {
        return shape.hasFamilyOf(key);
    }

    Signature newSignature() throws GeneralSecurityException {
        Optional<Provider> provider = shape.provider();
        Signature signature =
                provider.isPresent() ? Signature.getInstance(jcaName, provider.get()) : Signature.getInstance(jcaName);
        if (saltLength != NO_SALT) {
            signature.setParameter(pss(saltLength));
        }
        return signature;
    }

    /** RFC 7518 §3.5: the salt is as long as the digest, and the mask uses the same hash. */
    private static PSSParameterSpec pss(int saltLength) {
        String hash = "SHA-" + Byte.SIZE * saltLength;
        return new PSSParameterSpec(
                hash, "MGF1", new MGF1ParameterSpec(hash), saltLength, PSSParameterSpec.TRAILER_FIELD_BC);
    }
}

package io.tokenguard.internal.jose;

import io.tokenguard.access.SignatureAlgorithm;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Security;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * HMAC (RFC 7518 §3.2) with a configured secret. Any other key, such as a public key whose encoding an attacker knows, verifies
 * nothing. Compares in constant time.
 *
 * @param algorithm an HMAC algorithm
 * @param provider the provider; empty for the first one in the platform's list
 */
record HmacScheme(SignatureAlgorithm algorithm, Optional<Provider> provider) implements SignatureScheme {
    private static final String PLATFORM = "SunJCE";

    /** RFC 4231 §4.2. */
    private static final String TEST_KEY = "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b";

    private static final String TEST_TEXT = "4869205468657265";

    /** By the platform, or by the first provider in its list if it lacks its own. */
    static HmacScheme ofPlatform(SignatureAlgorithm algorithm) {
        return new HmacScheme(algorithm, Optional.ofNullable(Security.getProvider(PLATFORM)));
    }

    /** By a provider; empty if it does not support the algorithm. */
    static Optional<SignatureScheme> at(Provider provider, SignatureAlgorithm algorithm) {
        return provider.getService("Mac", name(algorithm)) == null
                ? Optional.empty()
                : Optional.of(new HmacScheme(algorithm, Optional.of(provider)));
    }

    private static String name(SignatureAlgorithm algorithm) {
        return "HmacSHA" + HmacKey.hashBytes(algorithm) * Byte.SIZE;
    }

    private static String testCode(SignatureAlgorithm algorithm) {
        return switch (algorithm) {
            case HS256 -> "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7";
            case HS384 ->
                "afd03944d84895626b0825f4ab46907f15f9dadbe4101ec682aa034c7cebc59cfaea9ea9076ede7f4af152e8b2fa9cb6";
            default ->
                "87aa7cdea5ef619d4ff0b4241a1d6cb02379f4e2ce4ec2787ad0b30545e17cde"
                        + "daa833b7d6b8a702038b274eaea3f4e4be9d914eeb61f1702e696c203a126854";
        };
    }

    private Mac open() throws GeneralSecurityException {
        return provider.isPresent()
                ? Mac.getInstance(name(algorithm), provider.get())
                : Mac.getInstance(name(algorithm));
    }

    @Override
    public PreparedKey prepare(PublicKey key) {
        return key instanceof HmacKey secret
                ? (signed, signature) -> MessageDigest.isEqual(secret.code(open(), signed), signature)
                : (signed, signature) -> false;
    }

    /** What the provider gets wrong; empty if nothing. */
    Optional<String> mistake() {
        HexFormat hex = HexFormat.of();
        try {
            HmacKey key = new HmacKey(new SecretKeySpec(hex.parseHex(TEST_KEY), name(algorithm)));
            byte[] code = key.code(open(), hex.parseHex(TEST_TEXT));
            return hex.formatHex(code).equals(testCode(algorithm)) ? Optional.empty() : Optional.of("RFC 4231");
        } catch (GeneralSecurityException | RuntimeException | LinkageError broken) {
            return Optional.of("it does not run");
        }
    }

    @Override
    public boolean isAvailable() {
        return mistake().isEmpty();
    }

    @Override
    public String worker() {
        return JcaScheme.nameOf(provider);
    }
}

package io.tokenguard.testkit;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;

/**
 * A key pair with the {@code kid} and the one algorithm it is published for. Immutable and safe for use by any thread.
 *
 * <p>Making an RSA key takes a noticeable fraction of a second; keep one in a constant and share it through
 * {@link TestIssuerBuilder#keys(TestKey...)} where many issuers are started.
 */
public final class TestKey {
    private final KeyPair pair;
    private final TestAlgorithm algorithm;
    private final String kid;

    private TestKey(KeyPair pair, TestAlgorithm algorithm, String kid) {
        this.pair = pair;
        this.algorithm = Objects.requireNonNull(algorithm, "algorithm");
        this.kid = Objects.requireNonNull(kid, "kid");
    }

    /**
     * A fresh key whose {@code kid} is its RFC 7638 thumbprint; RSA keys have 2048 bits.
     *
     * @param algorithm what the key is for
     * @return the key
     */
    public static TestKey generate(TestAlgorithm algorithm) {
        KeyPair pair = algorithm.generateKeyPair();
        return new TestKey(pair, algorithm, JwkMembers.thumbprint(pair.getPublic()));
    }

    /**
     * A fresh key with a {@code kid} of your choice; RSA keys have 2048 bits.
     *
     * @param algorithm what the key is for
     * @param kid any text
     * @return the key
     */
    public static TestKey generate(TestAlgorithm algorithm, String kid) {
        return new TestKey(algorithm.generateKeyPair(), algorithm, kid);
    }

    /**
     * A fresh RSA key of a length of your choice, also one that RFC 7518 §3.3 forbids.
     *
     * @param bits length of the modulus, at least 512
     * @param algorithm an RSA algorithm
     * @param kid any text
     * @return the key
     * @throws IllegalArgumentException if the algorithm is not an RSA one, or the JVM refuses the length
     */
    public static TestKey rsa(int bits, TestAlgorithm algorithm, String kid) {
        KeyPair pair = KeyShape.generateRsa(bits);
        requireFit(pair, algorithm);
        return new TestKey(pair, algorithm, kid);
    }

    /**
     * Reads what {@link #privateJwk()} wrote, in this process or in another one.
     *
     * @param jwk JSON text with {@code kid}, {@code alg} and the private members
     * @return the key
     * @throws IllegalArgumentException if it is anything else; the message does not repeat the text
     */
    public static TestKey fromPrivateJwk(String jwk) {
        Map<String, Object> members = JwkMembers.read(jwk);
        TestAlgorithm algorithm = Arrays.stream(TestAlgorithm.values())
                .filter(one -> one.joseName().equals(members.get("alg")))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("A JWK without a known alg"));
        if (!(members.get("kid") instanceof String name)) {
            throw new IllegalArgumentException("A JWK without a kid");
        }
        return new TestKey(JwkMembers.pair(members), algorithm, name);
    }

    /**
     * The key identifier (RFC 7517 §4.5).
     *
     * @return the {@code kid}
     */
    public String kid() {
        return kid;
    }

    /**
     * The SHA-256 thumbprint of the public half (RFC 7638).
     *
     * @return base64url text of 43 characters
     */
    public String thumbprint() {
        return JwkMembers.thumbprint(pair.getPublic());
    }

    /**
     * The algorithm the key is published for.
     *
     * @return the {@code alg}
     */
    public TestAlgorithm algorithm() {
        return algorithm;
    }

    /**
     * The same key pair under another identifier; two keys with one {@code kid} are made this way.
     *
     * @param otherKid any text
     * @return another value, this one is unchanged
     */
    public TestKey withKid(String otherKid) {
        return new TestKey(pair, algorithm, otherKid);
    }

    /**
     * The public half.
     *
     * @return the key as the JCA knows it
     */
    public PublicKey publicKey() {
        return pair.getPublic();
    }

    /**
     * The private half, for signatures that {@link #sign} would not make.
     *
     * @return the key as the JCA knows it
     */
    public PrivateKey privateKey() {
        return MlDsaPrivateKey.unwrapped(pair.getPrivate());
    }

    /**
     * The public JWK, as an issuer publishes it: with {@code kid}, {@code use} {@code sig} and {@code alg}.
     *
     * @return JSON text
     */
    public String publicJwk() {
        return TestJson.write(publicJwkMembers());
    }

    /**
     * The public JWK of an issuer that does not label its keys: without {@code alg} (optional by RFC 7517 §4.4). Keys for
     * ML-DSA keep it, as it is a part of them (RFC 9964 §3).
     *
     * @return JSON text
     */
    public String publicJwkWithoutAlg() {
        Map<String, Object> members = publicJwkMembers();
        if (!MlDsaKeys.isOne(publicKey())) {
            members.remove("alg");
        }
        return TestJson.write(members);
    }

    /**
     * The members of {@link #publicJwk()} in a new map, to be altered and written with {@link TestJson#write}.
     *
     * @return a copy that is the caller's own
     */
    public Map<String, Object> publicJwkMembers() {
        return labelled(JwkMembers.ofPublic(pair.getPublic()));
    }

    /**
     * The JWK with its private members (RFC 7518 §6.2.2, §6.3.2; RFC 8037 §2; RFC 9964 §3), which no issuer should ever publish.
     *
     * @return JSON text
     */
    public String privateJwk() {
        return TestJson.write(labelled(JwkMembers.ofPrivate(pair)));
    }

    /**
     * Makes a JWS signature (RFC 7515 §5.1 step 5): for ECDSA r and s side by side, not DER.
     *
     * @param signingAlgorithm this key's own algorithm, or another one that the key type can compute: the hash of
     *     {@code ES384} on P-256, or {@code PS256} with a key published for {@code RS256}
     * @param input what to sign
     * @return the bytes of the signature
     * @throws IllegalArgumentException if keys of this type or size can't compute that algorithm
     */
    public byte[] sign(TestAlgorithm signingAlgorithm, byte[] input) {
        requireFit(pair, signingAlgorithm);
        try {
            Signature signature = signingAlgorithm.newSignature();
            signature.initSign(privateKey());
            signature.update(input);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("The key '" + kid + "' can't sign " + signingAlgorithm.joseName(), e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TestKey that
                && kid.equals(that.kid)
                && algorithm == that.algorithm
                && publicKey().equals(that.publicKey());
    }

    @Override
    public int hashCode() {
        return Objects.hash(kid, algorithm, publicKey());
    }

    /** Names the key and its algorithm, and shows nothing of the key itself. */
    @Override
    public String toString() {
        return "TestKey[kid=" + kid + ", algorithm=" + algorithm.joseName() + "]";
    }

    private Map<String, Object> labelled(Map<String, Object> members) {
        members.put("kid", kid);
        members.put("use", "sig");
        members.put("alg", algorithm.joseName());
        return members;
    }

    private static void requireFit(KeyPair pair, TestAlgorithm algorithm) {
        if (!algorithm.canUse(pair.getPublic())) {
            throw new IllegalArgumentException(
                    "A key of type " + pair.getPublic().getAlgorithm() + " can't compute " + algorithm.joseName());
        }
    }
}

package io.tokenguard.access;

import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The signature algorithms that can be accepted. {@link #defaults()} are accepted unless others are set. There is no constant
 * for {@code none}, so it can't be enabled (RFC 8725 §3.2). HMAC needs a configured secret, and is never accepted from an issuer
 * beside another algorithm (RFC 8725 §3.1).
 */
public enum SignatureAlgorithm {
    /** RSASSA-PKCS1-v1_5 with SHA-256 (RFC 7518 §3.3). */
    RS256("RS256"),
    /** RSASSA-PKCS1-v1_5 with SHA-384 (RFC 7518 §3.3). */
    RS384("RS384"),
    /** RSASSA-PKCS1-v1_5 with SHA-512 (RFC 7518 §3.3). */
    RS512("RS512"),
    /** RSASSA-PSS with SHA-256 (RFC 7518 §3.5). */
    PS256("PS256"),
    /** RSASSA-PSS with SHA-384 (RFC 7518 §3.5). */
    PS384("PS384"),
    /** RSASSA-PSS with SHA-512 (RFC 7518 §3.5). */
    PS512("PS512"),
    /** ECDSA on P-256 with SHA-256 (RFC 7518 §3.4). */
    ES256("ES256"),
    /** ECDSA on P-384 with SHA-384 (RFC 7518 §3.4). */
    ES384("ES384"),
    /** ECDSA on P-521 with SHA-512 (RFC 7518 §3.4). */
    ES512("ES512"),
    /** Ed25519, under its names of RFC 8037 §3.1 and RFC 9864 §2.2. Neither name accepts Ed448. */
    ED25519("EdDSA", "Ed25519"),
    /** Ed448 (RFC 9864 §2.2), never under the name {@code EdDSA}. Not a default. */
    ED448("Ed448"),
    /** ECDSA on secp256k1 with SHA-256 (RFC 8812 §3.2). Not a default; needs Bouncy Castle. */
    ES256K("ES256K"),
    /** ML-DSA-44 (RFC 9964, FIPS 204). Not a default; needs Java 24 or later, or Bouncy Castle. */
    ML_DSA_44("ML-DSA-44"),
    /** ML-DSA-65 (RFC 9964, FIPS 204). Not a default; needs Java 24 or later, or Bouncy Castle. */
    ML_DSA_65("ML-DSA-65"),
    /** ML-DSA-87 (RFC 9964, FIPS 204). Not a default; needs Java 24 or later, or Bouncy Castle. */
    ML_DSA_87("ML-DSA-87"),
    /** HMAC with SHA-256 (RFC 7518 §3.2). Not a default; needs a configured secret. */
    HS256("HS256"),
    /** HMAC with SHA-384 (RFC 7518 §3.2). Not a default; needs a configured secret. */
    HS384("HS384"),
    /** HMAC with SHA-512 (RFC 7518 §3.2). Not a default; needs a configured secret. */
    HS512("HS512");

    private static final Set<SignatureAlgorithm> DEFAULTS = Collections.unmodifiableSet(EnumSet.range(RS256, ED25519));

    private static final Map<String, SignatureAlgorithm> BY_NAME = byName();

    private final String joseName;
    private final String newerName;

    SignatureAlgorithm(String joseName) {
        this(joseName, joseName);
    }

    SignatureAlgorithm(String joseName, String newerName) {
        this.joseName = joseName;
        this.newerName = newerName;
    }

    /** The values of {@code alg} that name this algorithm; case-sensitive (RFC 7515 §4.1.1). */
    public List<String> joseNames() {
        return joseName.equals(newerName) ? List.of(joseName) : List.of(joseName, newerName);
    }

    /** The first of its names in {@code alg}, which settings, messages, health and meters use: {@code EdDSA}, {@code ML-DSA-44}. */
    @Override
    public String toString() {
        return joseName;
    }

    /** The default algorithms: all that every supported JVM provides, except Ed448. */
    public static Set<SignatureAlgorithm> defaults() {
        return DEFAULTS;
    }

    /** Whether it is HMAC: everyone who can verify a token can also make one. */
    public boolean isHmac() {
        return this == HS256 || this == HS384 || this == HS512;
    }

    /** Whether it is ML-DSA, whose keys and signatures are several kilobytes long. */
    public boolean isMlDsa() {
        return this == ML_DSA_44 || this == ML_DSA_65 || this == ML_DSA_87;
    }

    /**
     * Finds an algorithm by its name.
     *
     * @param joseName a value of {@code alg}
     */
    public static Optional<SignatureAlgorithm> named(String joseName) {
        return Optional.ofNullable(BY_NAME.get(joseName));
    }

    private static Map<String, SignatureAlgorithm> byName() {
        Map<String, SignatureAlgorithm> byName = new HashMap<>();
        for (SignatureAlgorithm algorithm : values()) {
            algorithm.joseNames().forEach(name -> byName.put(name, algorithm));
        }
        return Map.copyOf(byName);
    }
}

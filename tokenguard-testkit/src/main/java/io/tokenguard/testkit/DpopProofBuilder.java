package io.tokenguard.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Builds one DPoP proof, valid or invalid. By default, it is complete by RFC 9449 §4.2: {@code typ} {@code dpop+jwt},
 * {@code alg} and {@code jwk} of the client's key, a random {@code jti}, {@code htm}, {@code htu} and {@code iat} now;
 * {@code ath} comes with {@link #forToken}. Of two calls that set the same member, the later one wins, and nothing is checked.
 * Not thread-safe.
 */
@SuppressWarnings("exports") // users need no nullness annotations to compile
public final class DpopProofBuilder {
    private final TestKey key;
    private final Map<String, @Nullable Object> header = new LinkedHashMap<>();
    private final Map<String, @Nullable Object> payload = new LinkedHashMap<>();
    private TestKey signer;

    DpopProofBuilder(TestKey key, String method, String target, Instant now) {
        this.key = key;
        this.signer = key;
        header("typ", "dpop+jwt").header("alg", key.algorithm().joseName()).header("jwk", publicJwkOf(key));
        claim("jti", UUID.randomUUID().toString()).claim("htm", method).claim("htu", target);
        issuedAt(now);
    }

    /**
     * The JWK of a key as a proof contains it: only its public members.
     *
     * @param key the key
     * @return a copy that is the caller's own
     */
    public static Map<String, Object> publicJwkOf(TestKey key) {
        return JwkMembers.ofPublic(key.publicKey());
    }

    /** Sets {@code ath} (RFC 9449 §4.2) to the hash of an access token. */
    public DpopProofBuilder forToken(String token) {
        return claim("ath", Sha256.of(token));
    }

    /**
     * Sets {@code iat}.
     *
     * @param instant in whole seconds
     */
    public DpopProofBuilder issuedAt(Instant instant) {
        return claim("iat", instant.getEpochSecond());
    }

    /**
     * Sets any claim.
     *
     * @param name any text
     * @param value whatever {@link TestJson#write} takes; null writes a JSON null
     */
    public DpopProofBuilder claim(String name, @Nullable Object value) {
        payload.put(Objects.requireNonNull(name, "name"), value);
        return this;
    }

    /**
     * Leaves a claim out.
     *
     * @param name the claim; need not be there
     */
    public DpopProofBuilder withoutClaim(String name) {
        payload.remove(name);
        return this;
    }

    /**
     * Sets any header member; also {@code alg} and {@code jwk}, without changing the key that signs.
     *
     * @param name any text
     * @param value whatever {@link TestJson#write} takes; null writes a JSON null
     */
    public DpopProofBuilder header(String name, @Nullable Object value) {
        header.put(Objects.requireNonNull(name, "name"), value);
        return this;
    }

    /**
     * Leaves a header member out.
     *
     * @param name the member; need not be there
     */
    public DpopProofBuilder withoutHeader(String name) {
        header.remove(name);
        return this;
    }

    /** Signs with a key other than the one in the proof's header. */
    public DpopProofBuilder signedBy(TestKey other) {
        signer = other;
        return this;
    }

    /**
     * Signs the proof; the builder can be changed and signed again.
     *
     * @return a compact JWS (RFC 7515 §7.1)
     * @throws IllegalArgumentException if a value has no JSON form
     */
    public String sign() {
        CompactToken proof = new CompactToken(encode(header), encode(payload), "");
        return proof.withSignature(signer.sign(signer.algorithm(), proof.signingInput()))
                .compact();
    }

    /** The key in the proof's header, unless the header was changed. */
    public TestKey key() {
        return key;
    }

    private static String encode(Map<String, @Nullable Object> members) {
        return CompactToken.encode(TestJson.write(members).getBytes(UTF_8));
    }
}

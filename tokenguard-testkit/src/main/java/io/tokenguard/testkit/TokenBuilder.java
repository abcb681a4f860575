package io.tokenguard.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Builds one access token, valid or invalid. By default, the token is complete in the profile of RFC 9068 §2: {@code typ}
 * {@code at+jwt}, {@code alg} and {@code kid} of the issuer's current key, {@code iss}, {@code sub} {@code alice}, {@code aud}
 * as the issuer was set up, {@code client_id} {@code test-client}, {@code iat} now, {@code exp} in five minutes and a random
 * {@code jti}.
 *
 * <p>"Now" is the moment {@link TestIssuer#token()} was called, by the issuer's clock. Of two calls that set the same member,
 * the later one wins. Nothing is checked: contradictory calls make a contradictory token. Not thread-safe.
 */
@SuppressWarnings("exports") // users need no nullness annotations to compile
public final class TokenBuilder {
    private static final Duration LIFETIME = Duration.ofMinutes(5);

    private final KeyRing keys;
    private final Instant now;
    private final Map<String, @Nullable Object> header = new LinkedHashMap<>();
    private final Map<String, @Nullable Object> payload = new LinkedHashMap<>();
    private byte @Nullable [] rawHeader;
    private byte @Nullable [] rawPayload;
    private TestKey key;
    private TestAlgorithm algorithm;
    private boolean keyChosen;
    private boolean bySecret;
    private @Nullable TestEncryption recipient;
    private TokenShape shape = TokenShape.RFC9068;

    TokenBuilder(String issuer, List<String> audience, KeyRing keys, Instant now) {
        this.keys = keys;
        this.now = now;
        this.key = keys.current();
        this.algorithm = key.algorithm();
        type("at+jwt").use(key);
        keys.secret().ifPresent(secret -> withoutHeader("kid").header("alg", secret.algorithm()));
        this.bySecret = keys.secret().isPresent();
        issuer(issuer).subject("alice").audience(audience.toArray(String[]::new));
        clientId("test-client").issuedAt(now).expiresIn(LIFETIME);
        tokenId(UUID.randomUUID().toString());
    }

    /** Sets {@code iss} (RFC 7519 §4.1.1). */
    public TokenBuilder issuer(String issuer) {
        return claim("iss", issuer);
    }

    /** Sets {@code sub} (RFC 7519 §4.1.2). */
    public TokenBuilder subject(String subject) {
        return claim("sub", subject);
    }

    /** Sets {@code aud} (RFC 7519 §4.1.3): one value becomes a string, several an array, none an empty array. */
    public TokenBuilder audience(String... audience) {
        return claim("aud", audience.length == 1 ? audience[0] : List.of(audience));
    }

    /** Sets {@code client_id} (RFC 8693 §4.3), or the claim of the {@link TokenShape}. */
    public TokenBuilder clientId(String clientId) {
        shape.client(this, clientId);
        return this;
    }

    /** Sets {@code scope} (RFC 8693 §4.2), joined by single spaces, or the claim of the {@link TokenShape}; none by default. */
    public TokenBuilder scope(String... values) {
        shape.scopes(this, values);
        return this;
    }

    /** Sets {@code roles} (RFC 9068 §2.2.3.1), or the claim of the {@link TokenShape}; none by default. */
    public TokenBuilder roles(String... values) {
        shape.roles(this, values);
        return this;
    }

    TokenBuilder shape(TokenShape other) {
        shape = other;
        return this;
    }

    /** Sets {@code exp} (RFC 7519 §4.1.4) to now plus whole seconds; if negative, {@code exp} is before {@code iat} too. */
    public TokenBuilder expiresIn(Duration lifetime) {
        return expiresAt(now.plus(lifetime));
    }

    /** Sets {@code exp} (RFC 7519 §4.1.4), in whole seconds. */
    public TokenBuilder expiresAt(Instant instant) {
        return claim("exp", instant.getEpochSecond());
    }

    /** Sets {@code iat} (RFC 7519 §4.1.6), in whole seconds. */
    public TokenBuilder issuedAt(Instant instant) {
        return claim("iat", instant.getEpochSecond());
    }

    /** Sets {@code nbf} (RFC 7519 §4.1.5), in whole seconds; there is none by default. */
    public TokenBuilder notBefore(Instant instant) {
        return claim("nbf", instant.getEpochSecond());
    }

    /** Sets {@code jti} (RFC 7519 §4.1.7). */
    public TokenBuilder tokenId(String tokenId) {
        return claim("jti", tokenId);
    }

    /** Binds the token to a certificate (RFC 8705 §3.1): {@code cnf} with {@code x5t#S256}, in place of any other. */
    public TokenBuilder boundTo(X509Certificate certificate) {
        return claim("cnf", Map.of("x5t#S256", TestCertificate.thumbprint(certificate)));
    }

    /** Sets any claim to what {@link TestJson#write} takes; null writes a JSON null. */
    public TokenBuilder claim(String name, @Nullable Object value) {
        payload.put(Objects.requireNonNull(name, "name"), value);
        return this;
    }

    /** Binds the token to a key (RFC 9449 §6.1): {@code cnf} with the thumbprint {@code jkt}. */
    public TokenBuilder boundTo(TestKey holder) {
        return claim("cnf", Map.of("jkt", holder.thumbprint()));
    }

    /** Leaves a claim out; it need not be there. */
    public TokenBuilder withoutClaim(String name) {
        payload.remove(name);
        return this;
    }

    /** Sets {@code typ} (RFC 7515 §4.1.9) to any text; null leaves the member out. */
    public TokenBuilder type(@Nullable String type) {
        return type == null ? withoutHeader("typ") : header("typ", type);
    }

    /** Sets any header member, as with {@link #claim}; also {@code alg} and {@code kid}, without changing the key that signs. */
    public TokenBuilder header(String name, @Nullable Object value) {
        header.put(Objects.requireNonNull(name, "name"), value);
        return this;
    }

    /** Leaves a header member out; it need not be there. */
    public TokenBuilder withoutHeader(String name) {
        header.remove(name);
        return this;
    }

    /** Signs with this key and its own algorithm, and names both in the header. The issuer need not have published it. */
    public TokenBuilder key(TestKey signingKey) {
        keyChosen = true;
        return use(signingKey);
    }

    /**
     * Signs with this algorithm: after {@link #key} with that key, even if it is published for another algorithm;
     * otherwise with the issuer's own key for the algorithm.
     *
     * @throws IllegalStateException if no key was chosen and the issuer publishes none for the algorithm
     */
    public TokenBuilder algorithm(TestAlgorithm signingAlgorithm) {
        if (!keyChosen) {
            use(issuersKey(signingAlgorithm));
        }
        algorithm = signingAlgorithm;
        return header("alg", algorithm.joseName());
    }

    /** Encrypts the signed token for an API (RFC 7519 Appendix A.2). Unsigned tokens and {@link #signWith} stay readable. */
    public TokenBuilder encryptedFor(TestEncryption api) {
        recipient = api;
        return this;
    }

    /** Takes this text as the header, whatever else was set; it need not be JSON, and it is signed all the same. */
    public TokenBuilder rawHeader(String json) {
        return rawHeader(json.getBytes(UTF_8));
    }

    /** Takes these bytes as the header, whatever else was set; they need not be UTF-8, and they are signed all the same. */
    public TokenBuilder rawHeader(byte[] bytes) {
        rawHeader = bytes.clone();
        return this;
    }

    /** Takes this text as the payload, whatever else was set; it need not be JSON, and it is signed all the same. */
    public TokenBuilder rawPayload(String json) {
        return rawPayload(json.getBytes(UTF_8));
    }

    /** Takes these bytes as the payload, whatever else was set; they need not be UTF-8, and they are signed all the same. */
    public TokenBuilder rawPayload(byte[] bytes) {
        rawPayload = bytes.clone();
        return this;
    }

    /** The header as {@link #sign} would encode it now; bytes that are not UTF-8 show as U+FFFD. */
    public String headerJson() {
        return new String(headerBytes(header), UTF_8);
    }

    /** A copy of the claims that were set; not those of a raw payload. */
    Map<String, @Nullable Object> claims() {
        return new LinkedHashMap<>(payload);
    }

    /** The payload as {@link #sign} would encode it now; bytes that are not UTF-8 show as U+FFFD. */
    public String payloadJson() {
        return new String(payloadBytes(), UTF_8);
    }

    /**
     * Signs the token; the builder can be changed and signed again.
     *
     * @return a compact JWS (RFC 7515 §7.1), or a compact JWE (RFC 7516 §7.1) if it is encrypted
     * @throws IllegalArgumentException if a value has no JSON form, or the key can't compute the algorithm
     */
    public String sign() {
        CompactToken token = unsignedToken(header);
        String signed = token.withSignature(signature(token.signingInput())).compact();
        return recipient == null ? signed : recipient.encrypt(signed);
    }

    /** By the issuer's secret, if it has one and neither a key nor an algorithm was chosen. */
    private byte[] signature(byte[] input) {
        return keys.secret()
                .filter(secret -> bySecret)
                .map(secret -> Hmac.sign(secret.algorithm(), secret.bytes(), input))
                .orElseGet(() -> key.sign(algorithm, input));
    }

    /**
     * An unsecured token (RFC 7519 §6): two parts and an empty third one.
     *
     * @param algName the text of {@code alg}, such as {@code none} or {@code NONE}; a raw header is left as it is
     */
    public String unsigned(String algName) {
        return unsignedToken(headerWithAlg(algName)).compact();
    }

    /**
     * Signs with a shared secret: that of an API with HMAC, or, to test for algorithm confusion, the text of a public key.
     *
     * @param hmacSecret any length, also empty
     * @param hmacName {@code HS256}, {@code HS384} or {@code HS512}; becomes {@code alg}, but a raw header is left as
     *     it is
     * @throws IllegalArgumentException if the algorithm is another
     */
    public String signWith(byte[] hmacSecret, String hmacName) {
        CompactToken token = unsignedToken(headerWithAlg(hmacName));
        return token.withSignature(Hmac.sign(hmacName, hmacSecret, token.signingInput()))
                .compact();
    }

    private TokenBuilder use(TestKey signingKey) {
        bySecret = false;
        key = signingKey;
        algorithm = key.algorithm();
        return header("alg", algorithm.joseName()).header("kid", key.kid());
    }

    private TestKey issuersKey(TestAlgorithm wanted) {
        return keys.keyFor(wanted)
                .orElseThrow(() -> new IllegalStateException(
                        "The issuer publishes no key for " + wanted.joseName() + "; choose one with key(...)"));
    }

    private Map<String, @Nullable Object> headerWithAlg(String algName) {
        Map<String, @Nullable Object> changed = new LinkedHashMap<>(header);
        changed.put("alg", Objects.requireNonNull(algName, "algName"));
        return changed;
    }

    private CompactToken unsignedToken(Map<String, @Nullable Object> members) {
        return new CompactToken(CompactToken.encode(headerBytes(members)), CompactToken.encode(payloadBytes()), "");
    }

    private byte[] headerBytes(Map<String, @Nullable Object> members) {
        return rawHeader != null ? rawHeader : TestJson.write(members).getBytes(UTF_8);
    }

    private byte[] payloadBytes() {
        return rawPayload != null ? rawPayload : TestJson.write(payload).getBytes(UTF_8);
    }
}

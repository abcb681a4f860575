package io.tokenguard.bench.token;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Makes tokens of one issuer with one key. Signs by the quickest provider on the machine, so that a hundred thousand tokens
 * take seconds. Thread-safe.
 */
public final class TokenMint {
    private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();
    private static final String ISSUER = "https://login.example.com";
    private static final String AUDIENCE = "https://api.example.com";
    private static final Duration LIFETIME = Duration.ofHours(12);

    private final KeyPair keys;
    private final Trust trust;
    private final EngineSource engines;
    private final String header;

    private TokenMint(KeyPair keys, Trust trust) {
        this.keys = keys;
        this.trust = trust;
        this.engines = CryptoProvider.quickest().engines(trust.algorithm());
        this.header = encode("{\"alg\":\"%s\",\"kid\":\"%s\",\"typ\":\"at+jwt\"}"
                .formatted(trust.algorithm().joseName(), trust.keyId()));
    }

    /** A mint with a fresh key. */
    public static TokenMint of(SigningAlgorithm algorithm) {
        try {
            KeyPair keys = algorithm.generateKeys();
            return new TokenMint(keys, new Trust(ISSUER, AUDIENCE, algorithm, keys.getPublic()));
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** A mint that {@link #text} has described. */
    static TokenMint ofText(String text) {
        String[] words = text.split(" ", -1);
        SigningAlgorithm algorithm = SigningAlgorithm.valueOf(words[0]);
        try {
            KeyPair keys = algorithm.readKeys(decode(words[1]), decode(words[2]));
            return new TokenMint(keys, new Trust(ISSUER, AUDIENCE, algorithm, keys.getPublic()));
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** Its algorithm and its keys, on one line. */
    String text() {
        return trust.algorithm()
                + " " + BASE64URL.encodeToString(keys.getPublic().getEncoded())
                + " " + BASE64URL.encodeToString(keys.getPrivate().getEncoded());
    }

    /** What makes its tokens good. */
    public Trust trust() {
        return trust;
    }

    /** One good token. */
    public String token(int number) {
        return sign(claims(number));
    }

    /** Good tokens, no two of which are the same. */
    public List<String> tokens(int count) {
        return tokens(count, 1);
    }

    /** Good tokens of several issuers that have the same key, in turn. */
    List<String> tokens(int count, int issuers) {
        return IntStream.range(0, count)
                .parallel()
                .mapToObj(number -> sign(claims(number).issuer(issuer(number % issuers))))
                .toList();
    }

    /** Tokens that must be refused, each for one reason. */
    public List<BadToken> badTokens() {
        String good = token(0);
        Claims claims = claims(1);
        return List.of(
                new BadToken("a signature of which one bit was turned over", flipped(good)),
                new BadToken("a payload that was exchanged", exchanged(good, claims.json())),
                new BadToken("an expiry in the past", sign(claims.lifetime(Duration.ofDays(-1)))),
                new BadToken("another audience", sign(claims.audience("https://other.example.com"))),
                new BadToken("another issuer", sign(claims.issuer("https://other.example.com"))));
    }

    /** The name of one of several issuers; the first is the one that everybody trusts. */
    public String issuer(int number) {
        return number == 0 ? trust.issuer() : trust.issuer() + "/tenants/" + number;
    }

    private Claims claims(int number) {
        return new Claims(trust.issuer(), trust.audience(), number, LIFETIME);
    }

    private static String flipped(String token) {
        int at = token.lastIndexOf('.') + 1;
        byte[] signature = decode(token.substring(at));
        signature[signature.length / 2] ^= 1;
        return token.substring(0, at) + BASE64URL.encodeToString(signature);
    }

    private static String exchanged(String token, String json) {
        return token.substring(0, token.indexOf('.') + 1) + encode(json) + token.substring(token.lastIndexOf('.'));
    }

    private String sign(Claims claims) {
        String signed = header + "." + encode(claims.json());
        try {
            Signature engine = engines.open();
            engine.initSign(keys.getPrivate());
            engine.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signed + "." + BASE64URL.encodeToString(engine.sign());
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static String encode(String json) {
        return BASE64URL.encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] decode(String text) {
        return Base64.getUrlDecoder().decode(text);
    }
}

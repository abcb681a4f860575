package io.tokenguard;

import io.tokenguard.testkit.TestAlgorithm;
import io.tokenguard.testkit.TestJson;
import io.tokenguard.testkit.TestKey;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Keys that sign the tokens of samples. */
final class SampleKeys {
    private final Map<String, TestKey> keys = TestAlgorithm.defaults().stream()
            .filter(algorithm -> Set.of("RS256", "ES256", "ES384", "EdDSA").contains(algorithm.joseName()))
            .collect(Collectors.toMap(TestAlgorithm::joseName, a -> TestKey.generate(a, a.joseName())));

    /** The key set that their issuer publishes. */
    String publicSet() {
        return keys.values().stream().map(TestKey::publicJwk).collect(Collectors.joining(",", "{\"keys\":[", "]}"));
    }

    /** A secret that an issuer shares with an API. */
    static final String SECRET = "sixty-four characters of a secret that only these tests may know";

    /** The token of a sample. */
    String sign(IssuerSample sample, long now) {
        return sign(sample.header(), sample.claimsAt(now));
    }

    String sign(Map<String, ?> header, Map<String, ?> claims) {
        if (header.get("alg") instanceof String algorithm && algorithm.startsWith("HS")) {
            String signed = encode(TestJson.write(header)) + "." + encode(TestJson.write(claims));
            return signed + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(hash(algorithm, signed));
        }
        TestKey key = keys.getOrDefault((String) header.get("alg"), Objects.requireNonNull(keys.get("RS256")));
        Map<String, Object> named = new LinkedHashMap<>(header);
        named.put("kid", key.kid());
        String signed = encode(TestJson.write(named)) + "." + encode(TestJson.write(claims));
        byte[] signature = key.sign(key.algorithm(), signed.getBytes(StandardCharsets.US_ASCII));
        return signed + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
    }

    private static byte[] hash(String algorithm, String signed) {
        try {
            String name = algorithm.replace("HS", "HmacSHA");
            Mac mac = Mac.getInstance(name);
            mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.US_ASCII), name));
            return mac.doFinal(signed.getBytes(StandardCharsets.US_ASCII));
        } catch (GeneralSecurityException unknown) {
            throw new AssertionError(unknown);
        }
    }

    private static String encode(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}

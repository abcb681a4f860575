package io.tokenguard;

import io.tokenguard.testkit.TestAlgorithm;
import io.tokenguard.testkit.TestJson;
import io.tokenguard.testkit.TestKey;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** Keys that sign the tokens of samples. */
final class SampleKeys {
    private final Map<String, TestKey> keys = Arrays.stream(TestAlgorithm.values())
            .filter(algorithm -> Set.of("RS256", "ES256", "ES384", "EdDSA").contains(algorithm.joseName()))
            .collect(Collectors.toMap(TestAlgorithm::joseName, a -> TestKey.generate(a, a.joseName())));

    /** The key set that their issuer publishes. */
    String publicSet() {
        return keys.values().stream().map(TestKey::publicJwk).collect(Collectors.joining(",", "{\"keys\":[", "]}"));
    }

    /** The token of a sample. */
    String sign(IssuerSample sample, long now) {
        return sign(sample.header(), sample.claimsAt(now));
    }

    String sign(Map<String, ?> header, Map<String, ?> claims) {
        TestKey key = keys.getOrDefault((String) header.get("alg"), Objects.requireNonNull(keys.get("RS256")));
        Map<String, Object> named = new LinkedHashMap<>(header);
        named.put("kid", key.kid());
        String signed = encode(TestJson.write(named)) + "." + encode(TestJson.write(claims));
        byte[] signature = key.sign(key.algorithm(), signed.getBytes(StandardCharsets.US_ASCII));
        return signed + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
    }

    private static String encode(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}

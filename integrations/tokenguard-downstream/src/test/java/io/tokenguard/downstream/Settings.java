package io.tokenguard.downstream;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

/** Properties of one destination. */
final class Settings {
    static final String SECRET = "the-secret-of-the-outer-api";

    private Settings() {}

    static Map<String, String> plain(URI address, String token) {
        return new LinkedHashMap<>(Map.of(
                "tokenguard.downstream.inner.uri", address.toString(), "tokenguard.downstream.inner.token", token));
    }

    static Map<String, String> requesting(URI address, String token) {
        Map<String, String> properties = plain(address, token);
        properties.put("tokenguard.downstream.inner.client-id", "outer");
        properties.put("tokenguard.downstream.inner.client-secret", SECRET);
        properties.put("tokenguard.downstream.inner.audience", "inner");
        properties.put("tokenguard.downstream.inner.timeout", "5s");
        return properties;
    }
}

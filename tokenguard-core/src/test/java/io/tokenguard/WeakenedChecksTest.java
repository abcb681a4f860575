package io.tokenguard;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.logging.RecordedLog;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A warning at start names each setting that turns off a check, or accepts what is refused by default. */
class WeakenedChecksTest {
    private static List<String> warnings(String key, String value) {
        RecordedLog.clear();
        GuardProperties.of(Map.of("tokenguard.issuer-uri", "https://issuer.example", "tokenguard.audiences", "api"))
                .withDefaults(Map.of("tokenguard.introspection.client-id", "api"))
                .withDefaults(Map.of("tokenguard.introspection.client-secret", "0123456789abcdef"))
                .withDefaults(Map.of("tokenguard." + key, value))
                .toBuilder()
                .build()
                .close();
        return RecordedLog.recent().stream().map(RecordedLog.Event::text).toList();
    }

    @ParameterizedTest
    @CsvSource({
        "revocation.outage, fail-open",
        "status-list.mode, off",
        "logout.accept-untyped, true",
        "pass-cors-preflight, true",
        "accept-token-in-websocket-protocol, true",
        "trusted-proxies, 0.0.0.0/0",
        "trusted-proxies, '10.0.0.7, ::/0'",
        "trusted-proxies, 64.0.0.0/6",
        "allow-insecure-http, true",
        "jwks.allow-http-for, 10.0.0.0/8",
        "jwks.allow-http-for, 0.0.0.0/0",
        "token-types, any",
        "introspection.outage-grace, 1m",
        "accept-tokens-without-audience, true",
        "introspection.accept-answers-without, aud"
    })
    void areLogged(String key, String value) {
        assertThat(warnings(key, value)).anyMatch(text -> text.startsWith(key));
    }

    @ParameterizedTest
    @CsvSource({
        "revocation.outage, fail-closed",
        "status-list.mode, supported",
        "status-list.mode, required",
        "logout.accept-untyped, false",
        "accept-tokens-without-audience, false",
        "pass-cors-preflight, false",
        "accept-token-in-websocket-protocol, false",
        "trusted-proxies, '10.0.0.0/8, fc00::/7'",
        "scope-wildcards, orders:*"
    })
    void areNotThoseThatKeepTheChecks(String key, String value) {
        assertThat(warnings(key, value)).noneMatch(text -> text.startsWith(key));
    }
}

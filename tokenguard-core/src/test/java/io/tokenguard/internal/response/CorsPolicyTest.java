package io.tokenguard.internal.response;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tokenguard.TokenGuard;
import io.tokenguard.access.ConfigurationException;
import io.tokenguard.access.Decision.Challenge;
import io.tokenguard.access.IncomingRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Fetch Standard §3.2.3: scripts read only answers that name their origin. */
class CorsPolicyTest {
    private static final Challenge REFUSAL = new Challenge(
            401, Map.of("WWW-Authenticate", List.of("Bearer"), "Access-Control-Expose-Headers", List.of("x")), "");

    private static Challenge exposed(Set<String> origins, String... sent) {
        IncomingRequest.Builder request = IncomingRequest.builder("GET", "/orders");
        for (String origin : sent) {
            request.header("Origin", origin);
        }
        return new CorsPolicy(origins, false, Optional.empty()).expose(REFUSAL, request.build());
    }

    private static final Challenge VARYING = new Challenge(
            401,
            Map.of(
                    "WWW-Authenticate",
                    List.of("Bearer"),
                    "Access-Control-Expose-Headers",
                    List.of("x"),
                    "Vary",
                    List.of("Origin")),
            "");

    private static Challenge exposed(String... sent) {
        return exposed(Set.of("https://app.example", "http://localhost:3000"), sent);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://app.example", "http://localhost:3000"})
    void namesAnAllowedOriginAndTheFieldsThatItsScriptsNeed(String origin) {
        Challenge exposed = exposed(origin);
        assertThat(exposed.status()).isEqualTo(401);
        assertThat(exposed.headers())
                .containsEntry("WWW-Authenticate", List.of("Bearer"))
                .containsEntry("Access-Control-Allow-Origin", List.of(origin))
                .containsEntry("Vary", List.of("Origin"))
                .containsEntry(
                        "Access-Control-Expose-Headers",
                        List.of(
                                "WWW-Authenticate, Retry-After, DPoP-Nonce, TokenGuard-Refusal, RateLimit, RateLimit-Policy"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://app.example.evil",
                "https://app.example:444",
                "http://app.example",
                "https://App.example",
                "https://app.example/",
                "https://sub.app.example",
                "null",
                "*",
                ""
            })
    void saysNothingToOtherOrigins(String origin) {
        assertThat(exposed(origin)).isEqualTo(VARYING);
    }

    @Test
    void saysNothingWithoutAnOriginOrWithTwo() {
        assertThat(exposed()).isEqualTo(VARYING);
        assertThat(exposed("https://app.example", "https://app.example")).isEqualTo(VARYING);
    }

    @Test
    void allowsEveryOriginWithoutRepeatingIt() {
        assertThat(exposed(Set.of("*"), "https://other.example").headers())
                .containsEntry("Access-Control-Allow-Origin", List.of("*"));
        assertThat(exposed(Set.of("*"))).isEqualTo(REFUSAL);
    }

    @Test
    void saysNothingByDefault() {
        assertThat(exposed(Set.of(), "https://app.example")).isEqualTo(REFUSAL);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://app.example",
                "http://localhost:3000",
                "https://[::1]:8443",
                "capacitor://localhost",
                "https://app.example:80",
                "http://app.example:443",
                "*"
            })
    void takesOriginsAsBrowsersSendThem(String origin) {
        assertThat(TokenGuard.builder().corsAllowedOrigins(origin)).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://app.example/",
                "https://App.example",
                "https://app.example:443",
                "http://app.example:80",
                "https://*.example",
                "app.example",
                "null",
                "https://user@app.example",
                "https://app.example?x",
                "https://",
                " ",
            })
    void refusesOriginsThatNoBrowserSends(String origin) {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> TokenGuard.builder().corsAllowedOrigins(origin))
                .withMessageContaining("tokenguard.cors.allowed-origins");
    }

    @Test
    void takesTheStarAloneOnly() {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> TokenGuard.builder().corsAllowedOrigins("https://app.example", "*"));
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> TokenGuard.builder().corsAllowedOrigins());
    }
}

package io.tokenguard.downstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenguard.GuardProperties;
import io.tokenguard.TokenGuard;
import io.tokenguard.TrustedIssuer;
import io.tokenguard.access.ConfigurationException;
import io.tokenguard.config.ClientAuthentication;
import io.tokenguard.config.Destination;
import io.tokenguard.config.Destination.TokenRequest;
import io.tokenguard.config.Destination.TokenType;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The properties of destinations, and their values in code. */
class DestinationSettingsTest {
    private static final String START = "tokenguard.downstream.orders.";
    private static final String ISSUER = "http://127.0.0.1:9/issuer";

    private static Map<String, String> exchange() {
        Map<String, String> properties = new LinkedHashMap<>(Map.of(
                "tokenguard.issuer-uri",
                ISSUER,
                "tokenguard.audiences",
                "outer",
                START + "uri",
                "https://orders.internal/v2",
                START + "token",
                "exchange",
                START + "client-id",
                "outer",
                START + "client-secret",
                "secret",
                START + "audience",
                "orders"));
        return properties;
    }

    private static TokenGuard guard(Map<String, String> properties) {
        return GuardProperties.of(properties).toBuilder().build();
    }

    @Test
    void propertiesAndCodeSayTheSame(@TempDir Path folder) throws Exception {
        Map<String, String> properties = exchange();
        properties.remove(START + "client-secret");
        properties.put(
                START + "client-secret-file",
                Files.writeString(folder.resolve("secret"), "secret\n").toString());
        properties.put(START + "issuer", ISSUER);
        properties.put(START + "token-uri", "https://issuer.example/token");
        properties.put(START + "timeout", "3s");
        properties.put(START + "resource", "https://orders.internal");
        properties.put(START + "scopes", "read, write");
        properties.put(START + "requested-token-type", "jwt");
        properties.put(START + "actor", "true");
        properties.put(START + "client-auth", "client_secret_post");
        properties.put("tokenguard.downstream.open.uri", "https://open.internal");
        properties.put("tokenguard.downstream.risky.uri", "https://risky.internal");
        properties.put("tokenguard.downstream.risky.token", "expose-caller-token");
        TokenRequest request = TokenRequest.as(ClientAuthentication.post("outer", "secret"))
                .issuer(ISSUER)
                .at(URI.create("https://issuer.example/token"))
                .timeout(Duration.ofSeconds(3))
                .audience("orders")
                .resource(URI.create("https://orders.internal"))
                .scopes("read", "write")
                .type(TokenType.JWT)
                .nameActor();
        TokenGuard inCode = TokenGuard.builder()
                .issuer(TrustedIssuer.builder(ISSUER).audience("outer").build())
                .destinations(
                        Destination.of("open", URI.create("https://open.internal")),
                        Destination.of("orders", URI.create("https://orders.internal/v2"))
                                .exchange(request),
                        Destination.of("risky", URI.create("https://risky.internal"))
                                .exposeCallerToken())
                .build();
        try (inCode;
                TokenGuard byProperties = guard(properties)) {
            assertThat(byProperties.destinations()).isEqualTo(inCode.destinations());
            assertThat(byProperties.tokenEndpoint("orders")).isPresent();
            assertThat(byProperties.tokenEndpoint("risky")).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "uri|orders.internal/v2|write an origin and a path",
                "uri|https://user@orders.internal|leave the user info",
                "uri|https://orders.internal.|write an origin and a path",
                "uri|https://orders.internal/a/../b|write an origin and a path",
                "uri|https://orders.internal/a?b=c|write an origin and a path",
                "uri|http://orders.internal|tokenguard.allow-insecure-http",
                "uri|ftp://orders.internal|https",
                "token|caller-token|expose-caller-token",
                "token-uri|http://issuer.example/token|https",
                "issuer|https://other.example|not trusted",
                "timeout|1ms|50ms to 10s",
                "client-auth|none|client_secret_basic",
                "client-auth|bearer|client_secret_basic",
                "requested-token-type|saml2|access-token, jwt",
                "scopes|a,,b|an entry is empty",
                "actor|yes|true or false"
            })
    void whatIsWrongNamesKeyAndRemedy(String key, String value, String remedy) {
        Map<String, String> properties = exchange();
        properties.put(START + key, value);
        assertThatThrownBy(() -> guard(properties).close())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(START + key)
                .hasMessageContaining(remedy);
    }

    @ParameterizedTest
    @CsvSource({"uri", "client-id", "client-secret", "audience"})
    void whatIsMissingIsNamed(String key) {
        Map<String, String> properties = exchange();
        properties.remove(START + key);
        assertThatThrownBy(() -> guard(properties).close())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(START + key);
    }

    @Test
    void anUnknownKeyNamesTheNearest() {
        Map<String, String> properties = exchange();
        properties.put(START + "audiences", "orders");
        assertThatThrownBy(() -> guard(properties).close()).hasMessageContaining(START + "audience");
    }

    @Test
    void settingsWithoutEffectAreAMistake() {
        Map<String, String> properties = exchange();
        properties.put(START + "token", "none");
        assertThatThrownBy(() -> guard(properties).close()).hasMessageContaining("which requests no token");
    }

    @Test
    void twoDestinationsOfOneAddressAreAMistake() {
        Map<String, String> properties = exchange();
        properties.put("tokenguard.downstream.same.uri", "https://ORDERS.internal:443/v2/");
        assertThatThrownBy(() -> guard(properties).close()).hasMessageContaining("it is the address of orders too");
    }

    @Test
    void environmentVariablesSetThem() {
        Map<String, String> properties = exchange();
        properties.remove(START + "audience");
        try (TokenGuard guard = GuardProperties.of(properties)
                .withEnvironment(Map.of("TOKENGUARD_DOWNSTREAM_ORDERS_AUDIENCE", "other"), Map.of())
                .toBuilder()
                .build()) {
            assertThat(guard.destinations()
                            .get(0)
                            .tokenRequest()
                            .orElseThrow()
                            .target()
                            .audience())
                    .contains("other");
        }
    }

    @Test
    void theTableOfThePageHasEveryProperty() throws Exception {
        String page = Files.readString(Path.of("..", "..", "docs", "downstream.md"));
        for (String key : new String[] {
            "uri",
            "token",
            "issuer",
            "token-uri",
            "timeout",
            "audience",
            "resource",
            "scopes",
            "requested-token-type",
            "actor",
            "client-id",
            "client-secret",
            "client-secret-file",
            "client-auth",
            "client-key-file",
            "client-key-store",
            "client-key-store-password",
            "client-key-store-password-file"
        }) {
            assertThat(page).contains("| `" + key + "` |");
        }
    }
}

package io.tokenguard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenguard.access.ConfigurationException;
import io.tokenguard.config.ClientAuthentication;
import io.tokenguard.config.Dpop;
import io.tokenguard.config.Introspection;
import io.tokenguard.config.SecurityEvents;
import io.tokenguard.config.StatusLists;
import io.tokenguard.internal.properties.PropertyKeys;
import io.tokenguard.internal.settings.GuardSettings;
import io.tokenguard.internal.settings.SharedSettings;
import io.tokenguard.logging.RecordedLog;
import io.tokenguard.spi.SharedState;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** No message, text form or log line shows user info, a secret, or the value of an unknown key. */
class SettingsSecrecyTest {
    private static final String CANARY = "canary-5b2e";
    private static final List<String> SECRETS =
            List.of("secret", "password", "bearer-token", "jwks.headers", "redis-uri", "jdbc-uri");
    private static final List<String> USER_INFO = List.of(
            "https://user:" + CANARY + "@as.example/realm",
            "https://" + CANARY + "@as.example",
            "https://user:a/" + CANARY + "@as.example/realm",
            "https://user:a " + CANARY + "@as.example/realm",
            "https://user:a@" + CANARY + "@as.example/realm",
            "https://user:" + CANARY + "@*.auth.example.com/",
            "HTTPS:/user:" + CANARY + "@as.example",
            "user:" + CANARY + "@as.example",
            "//user:" + CANARY + "@as.example");

    @BeforeEach
    void clear() {
        RecordedLog.clear();
    }

    static Stream<String> knownKeys() {
        return PropertyKeys.all().stream()
                .flatMap(key -> isOfIssuer(key)
                        ? Stream.of(key, key.replace("tokenguard.", "tokenguard.issuers.main."))
                        : Stream.of(key));
    }

    private static boolean isOfIssuer(String key) {
        try {
            PropertyKeys.requireKnown(key.replace("tokenguard.", "tokenguard.issuers.main."));
            return true;
        } catch (ConfigurationException unknown) {
            return false;
        }
    }

    static Stream<String> secretKeys() {
        return knownKeys().filter(key -> SECRETS.stream().anyMatch(key::endsWith));
    }

    @ParameterizedTest
    @MethodSource("knownKeys")
    void showsNoUserInfoInAnyKey(String key) {
        for (String address : USER_INFO) {
            assertSilent(with(key, address));
        }
        assertSilent(with(key, "https://other.example/, " + USER_INFO.get(0)));
    }

    @ParameterizedTest
    @MethodSource("secretKeys")
    void showsNoSecret(String key) {
        for (String secret : List.of(CANARY, CANARY + " ", CANARY.repeat(4), "\u0000" + CANARY, "redis://" + CANARY)) {
            assertSilent(with(key, secret));
        }
    }

    static Stream<String> secretFileKeys() {
        return knownKeys().filter(key -> key.matches(".*(secret|password|bearer-token|key)-file|.*key-store"));
    }

    @ParameterizedTest
    @MethodSource("secretFileKeys")
    void showsNoSecretThatWasSetInThePlaceOfTheFile(String key) {
        for (String secret : List.of(
                CANARY,
                CANARY + "+/=",
                "a/" + CANARY + "/b",
                "/" + CANARY,
                "/a/" + CANARY + "+b==",
                "{\"kty\":\"EC\",\"d\":\"" + CANARY + "\"}",
                "-----BEGIN PRIVATE KEY-----\n" + CANARY)) {
            assertSilent(with(key, secret));
        }
    }

    @Test
    void showsThePathOfAFileOfASecret() {
        assertThat(ConfigurationException.of("tokenguard.dpop.nonce-secret-file", "/run/secrets/nonce", "name a file"))
                .hasMessageContaining("'/run/secrets/nonce'");
        assertThat(ConfigurationException.of("tokenguard.state.password-file", "C:\\secrets\\db.txt", "name a file"))
                .hasMessageContaining("db.txt");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tokenguard.redis-password",
                "tokenguard.isuer-uri",
                "tokenguard.",
                "tokenguard.dpop",
                "tokenguard.dpop.nonce.secret",
                "tokenguard.introspection.client-secrets",
                "tokenguard.issuers.main.client-secret",
                "tokenguard.issuers.main",
                "tokenguard.issuers..issuer-uri",
                "tokenguard.routes",
                "tokenguard.routes.a.b",
                "tokenguard.x"
            })
    void showsNoValueOfAnUnknownKey(String key) {
        assertSilent(with(key, CANARY));
        assertSilent(with(key, USER_INFO.get(0)));
    }

    @Test
    void showsNoValueOfAnUnknownVariable() {
        assertThatThrownBy(() -> GuardProperties.of(Map.of())
                        .withEnvironment(Map.of("TOKENGUARD_REDIS_PASSWORD", CANARY), Map.of()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("TOKENGUARD_REDIS_PASSWORD")
                .hasMessageNotContaining(CANARY);
    }

    @Test
    void stillShowsWhatIsNoSecret() {
        assertThat(ConfigurationException.of("tokenguard.clock-skew", "5 parsecs", "write a duration"))
                .hasMessage("tokenguard.clock-skew is '5 parsecs': write a duration");
        assertThat(ConfigurationException.of(
                        "tokenguard.jwks-uri", "https://u:p@as.example/jwks", "leave user info out"))
                .hasMessage("tokenguard.jwks-uri is 'https://(not shown)@as.example/jwks': leave user info out");
    }

    @Test
    void tellsTheNearestKeyOfAnUnknownOne() {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> with("tokenguard.isuer-uri", "https://as.example").toBuilder())
                .withMessage("tokenguard.isuer-uri (value not shown): there is no such key; did you mean"
                        + " tokenguard.issuer-uri?");
    }

    @Test
    void everyKeyOfASecretIsKnownToBeOne() {
        assertThat(PropertyKeys.all())
                .filteredOn(key -> key.matches("tokenguard\\..*(secret|password|token|credential).*"))
                .filteredOn(key -> !key.endsWith("-file"))
                .filteredOn(key -> SECRETS.stream().noneMatch(key::endsWith))
                .containsExactlyInAnyOrder(
                        "tokenguard.max-token-length",
                        "tokenguard.accept-tokens-without-issuer",
                        "tokenguard.accept-tokens-without-audience",
                        "tokenguard.credentials.header",
                        "tokenguard.credentials.cookie",
                        "tokenguard.credentials.accept-from-any-address",
                        "tokenguard.hide-credentials",
                        "tokenguard.accept-token-in-websocket-protocol",
                        "tokenguard.cors.allow-credentials",
                        "tokenguard.brake.new-tokens",
                        "tokenguard.token-types",
                        "tokenguard.accept-id-tokens",
                        "tokenguard.max-token-age",
                        "tokenguard.max-token-lifetime",
                        "tokenguard.introspection.token-prefix",
                        "tokenguard.token-cache.mode",
                        "tokenguard.token-cache.max-entries",
                        "tokenguard.token-cache.max-bytes");
    }

    @Test
    void showsNothingOfSettingsInCode() {
        URI address = URI.create("https://user:" + CANARY + "@as.example/lists/");
        List<Call> calls = List.of(
                () -> TrustedIssuer.builder(address.toString()).audience("api").build(),
                () -> built(issuer().keysFrom(address)),
                () -> built(issuer().introspection(Introspection.at(address, ClientAuthentication.none()))),
                () -> built(TrustedIssuer.opaque(Introspection.at(address, ClientAuthentication.none()))
                        .audience("api")),
                () -> built(guard().resource(address)),
                () -> built(guard().resource(URI.create("https://api.example")).resourceDocumentation(address)),
                () -> built(guard().statusLists(StatusLists.supported().at(address))),
                () -> built(guard().sharedState(address)),
                () -> Dpop.supported().askForNonces().nonceSecret(CANARY.repeat(4)),
                () -> Dpop.supported().nonceSecret(CANARY),
                () -> SecurityEvents.strict().secret(CANARY.repeat(4)),
                () -> SecurityEvents.strict().secret(CANARY),
                () -> ClientAuthentication.basic("id", CANARY),
                () -> ClientAuthentication.post("id", CANARY),
                () -> ClientAuthentication.bearer(CANARY),
                () -> ClientAuthentication.bearer(CANARY + " "),
                () -> Introspection.at(address, ClientAuthentication.basic("id", CANARY)),
                () -> built(guard().sharedState(SharedState.Location.of(address).password(CANARY))),
                () -> SharedState.Location.of(address).user("u").password(CANARY),
                () -> SharedSettings.at(SharedState.Location.of(address)));
        calls.forEach(call -> assertThat(shown(call)).doesNotContain(CANARY));
        assertThat(logged()).doesNotContain(CANARY);
    }

    private static TrustedIssuerBuilder issuer() {
        return TrustedIssuer.builder("https://as.example").audience("api");
    }

    private static TokenGuardBuilder guard() {
        return TokenGuard.builder().issuer(issuer().build());
    }

    private static Object built(TrustedIssuerBuilder issuer) {
        return built(TokenGuard.builder().issuer(issuer.build()));
    }

    private static Object built(TokenGuardBuilder settings) {
        try (TokenGuard guard = settings.build()) {
            return guard.health();
        }
    }

    private static GuardProperties with(String key, String value) {
        Map<String, String> properties = new HashMap<>();
        String prefix = key.startsWith("tokenguard.issuers.main.") ? "tokenguard.issuers.main." : "tokenguard.";
        properties.put(prefix + "issuer-uri", "https://as.example");
        properties.put("tokenguard.audiences", "api");
        properties.put("tokenguard.introspection.client-id", "api");
        properties.put(key, value);
        return GuardProperties.of(properties);
    }

    private static void assertSilent(GuardProperties properties) {
        List<Object> settings = new ArrayList<>();
        String shown = shown(() -> {
            TokenGuardBuilder builder = properties.toBuilder();
            settings.addAll(settingsOf(builder));
            return built(builder);
        });
        settings.add(properties);
        assertThat(shown + settings).doesNotContain(CANARY);
        assertThat(logged()).doesNotContain(CANARY);
    }

    private static List<Object> settingsOf(TokenGuardBuilder builder) {
        GuardSettings told = builder.settings();
        List<Object> settings = new ArrayList<>(List.of(
                builder, told, told.api(), told.binding(), told.withdrawal(), told.operation(), told.issuers()));
        told.issuers().forEach(issuer -> {
            settings.addAll(List.of(issuer.tokens(), issuer.keys(), issuer.tenants()));
            issuer.introspection()
                    .ifPresent(asked -> settings.addAll(
                            List.of(asked, asked.how(), asked.how().client())));
        });
        return settings;
    }

    /** A call that makes something of settings. */
    @FunctionalInterface
    private interface Call {
        Object make();
    }

    /** The text of what is made, or all that is said of why it is not. */
    private static String shown(Call call) {
        try {
            return String.valueOf(call.make());
        } catch (RuntimeException refusal) {
            Map<String, String> said = new LinkedHashMap<>();
            for (Throwable cause = refusal; cause != null; cause = cause.getCause()) {
                said.put(cause.toString(), Arrays.toString(cause.getSuppressed()));
            }
            String mend = refusal instanceof ConfigurationException wrong ? wrong.remedy() + wrong.key() : "";
            return said + mend;
        }
    }

    private static String logged() {
        return RecordedLog.recent().toString();
    }
}

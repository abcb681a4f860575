package io.tokenguard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tokenguard.access.ConfigurationException;
import io.tokenguard.access.Decision;
import io.tokenguard.access.FeedAnswer;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.testkit.TestIssuer;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A CORS policy of the guard's own (Fetch Standard §3.2.3, CORS-preflight fetch). */
class CorsDecisionTest {
    private static final String APP = "https://app.example.com";

    private TestIssuer issuer;
    private TokenGuard guard;

    @BeforeEach
    void start() {
        issuer = TestIssuer.start();
        guard = guarding().build();
    }

    @AfterEach
    void stop() {
        guard.close();
        issuer.close();
    }

    private TokenGuardBuilder guarding() {
        return TokenGuard.builder()
                .issuer(TrustedIssuer.builder(issuer.issuer())
                        .audience("https://api.example.com")
                        .build())
                .corsAllowedOrigins(APP, "http://localhost:3000")
                .corsAllowedMethods("GET", "POST")
                .route("/open public")
                .route("/** authenticated");
    }

    private static IncomingRequest preflight(String origin) {
        return request("OPTIONS", "/orders", origin)
                .header("Access-Control-Request-Method", "POST")
                .build();
    }

    private static IncomingRequest.Builder request(String method, String path, String origin) {
        return IncomingRequest.builder(method, path).overTls().header("Origin", origin);
    }

    @Test
    void answersThePreflightOfAnAllowedOrigin() {
        assertThat(guard.preflightAnswer(preflight(APP)))
                .contains(new FeedAnswer(
                        204,
                        Map.of(
                                "Access-Control-Allow-Origin", APP,
                                "Access-Control-Allow-Methods", "GET, POST",
                                "Access-Control-Allow-Headers", "Authorization, DPoP, Content-Type",
                                "Access-Control-Max-Age", "600",
                                "Vary", "Origin"),
                        ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://app.example.com.evil",
                "https://evilapp.example.com",
                "https://app.example.com:444",
                "https://app.example.com@evil.example",
                "https://app.example.com/",
                "https://APP.example.com",
                "http://app.example.com",
                "https://app.example.com, https://evil.example",
                "https://evil.example https://app.example.com",
                "null",
                "*",
                ""
            })
    void givesOtherOriginsNoPermission(String origin) {
        assertThat(guard.preflightAnswer(preflight(origin)))
                .contains(new FeedAnswer(403, Map.of("Vary", "Origin"), ""));
        assertThat(fieldsFor(origin, "/open")).containsExactly(Map.entry("Vary", "Origin"));
    }

    private Map<String, String> fieldsFor(String origin, String path) {
        Decision decision = guard.decide(request("GET", path, origin)
                .header("Authorization", "Bearer " + issuer.token().sign())
                .build());
        assertThat(decision).isInstanceOf(Decision.Granted.class);
        return ((Decision.Granted) decision).responseHeaders();
    }

    @Test
    void letsScriptsReadTheAnswersOfTheApplication() {
        for (String path : new String[] {"/open", "/orders"}) {
            assertThat(fieldsFor(APP, path))
                    .containsEntry("Access-Control-Allow-Origin", APP)
                    .containsEntry("Vary", "Origin")
                    .containsEntry(
                            "Access-Control-Expose-Headers",
                            "WWW-Authenticate, Retry-After, DPoP-Nonce, TokenGuard-Refusal, RateLimit, RateLimit-Policy")
                    .doesNotContainKey("Access-Control-Allow-Credentials");
        }
    }

    @Test
    void isOffByDefault() {
        try (TokenGuard plain = TokenGuard.builder()
                .issuer(TrustedIssuer.builder(issuer.issuer()).audience("a").build())
                .corsAllowedOrigins(APP)
                .route("/open public")
                .build()) {
            assertThat(plain.preflightAnswer(preflight(APP))).isEmpty();
            assertThat(plain.decide(request("GET", "/open", APP).build()))
                    .isEqualTo(new Decision.Granted(Optional.empty()));
        }
    }

    @Test
    void leavesRequestsAloneThatAreNoPreflight() {
        assertThat(guard.preflightAnswer(request("OPTIONS", "/orders", APP).build()))
                .isEmpty();
        assertThat(guard.preflightAnswer(request("POST", "/orders", APP)
                        .header("Access-Control-Request-Method", "POST")
                        .build()))
                .isEmpty();
        assertThat(guard.preflightAnswer(request("OPTIONS", "/orders", APP)
                        .header("Access-Control-Request-Method", "POST")
                        .header("Authorization", "Bearer a")
                        .build()))
                .isEmpty();
    }

    @Test
    void sendsWhatElseIsSet() {
        guard.reconfigure(guarding()
                .corsAllowedHeaders("Authorization", "If-Match")
                .corsExposedHeaders("ETag", "Location")
                .corsMaxAge(Duration.ofHours(2))
                .corsAllowCredentials());
        assertThat(guard.preflightAnswer(preflight(APP)).orElseThrow().headers())
                .containsEntry("Access-Control-Allow-Headers", "Authorization, If-Match")
                .containsEntry("Access-Control-Max-Age", "7200")
                .containsEntry("Access-Control-Allow-Credentials", "true");
        assertThat(fieldsFor(APP, "/orders"))
                .containsEntry("Access-Control-Allow-Credentials", "true")
                .containsEntry(
                        "Access-Control-Expose-Headers",
                        "WWW-Authenticate, Retry-After, DPoP-Nonce, TokenGuard-Refusal, RateLimit, RateLimit-Policy, ETag, Location");
    }

    @Test
    void answersForEveryOriginWithoutRepeatingIt() {
        guard.reconfigure(guarding().corsAllowedOrigins("*"));
        assertThat(guard.preflightAnswer(preflight("https://any.example"))
                        .orElseThrow()
                        .headers())
                .containsEntry("Access-Control-Allow-Origin", "*")
                .doesNotContainKey("Vary");
        assertThat(fieldsFor("null", "/orders")).containsEntry("Access-Control-Allow-Origin", "*");
    }

    /** RFC 9728: the document is public, so every origin can read it, whatever the policy is. */
    @Test
    void permitsEveryOriginToReadTheMetadata() {
        guard.reconfigure(guarding().resource(URI.create("https://api.example.com/shop")));
        String document = "/.well-known/oauth-protected-resource/shop";
        assertThat(metadataPreflight(document).headers()).containsEntry("Access-Control-Allow-Origin", "*");
        assertThat(metadataPreflight(document + "2").status()).isEqualTo(403);
    }

    private FeedAnswer metadataPreflight(String path) {
        return guard.preflightAnswer(request("OPTIONS", path, "https://any.example")
                        .header("Access-Control-Request-Method", "GET")
                        .build())
                .orElseThrow();
    }

    private static GuardProperties properties(String... more) {
        Map<String, String> all =
                new HashMap<>(Map.of("tokenguard.issuer-uri", "https://issuer.example", "tokenguard.audiences", "api"));
        for (int i = 0; i < more.length; i += 2) {
            all.put("tokenguard." + more[i], more[i + 1]);
        }
        return GuardProperties.of(all);
    }

    @Test
    void isTheSameByPropertiesAndInCode() {
        TokenGuardBuilder byCode = TokenGuard.builder()
                .corsAllowedOrigins(APP, "http://localhost:3000")
                .corsAllowedMethods("GET", "POST")
                .corsAllowedHeaders("Authorization", "If-Match")
                .corsExposedHeaders("ETag")
                .corsMaxAge(Duration.ofMinutes(5))
                .corsAllowCredentials()
                .issuer(TrustedIssuer.builder("https://issuer.example")
                        .audience("api")
                        .build());
        GuardProperties byProperty = properties(
                "cors.allowed-origins", APP + ", http://localhost:3000",
                "cors.allowed-methods", "GET, POST",
                "cors.allowed-headers", "Authorization, If-Match",
                "cors.exposed-headers", "ETag",
                "cors.max-age", "5m",
                "cors.allow-credentials", "true");
        assertThat(byProperty.toBuilder().settings().api().answers())
                .isEqualTo(byCode.settings().api().answers());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "cors.allowed-methods | get, POST | tokenguard.cors.allowed-methods is 'get, POST': name methods in capitals",
                "cors.allowed-methods | * | tokenguard.cors.allowed-methods is '*'",
                "cors.allowed-methods | TRACE | tokenguard.cors.allowed-methods is 'TRACE'",
                "cors.allowed-methods | PSOT | tokenguard.cors.allowed-methods is 'PSOT'",
                "cors.allowed-headers | * | tokenguard.cors.allowed-headers is '*': name header fields",
                "cors.allowed-headers | If Match | tokenguard.cors.allowed-headers is 'If Match'",
                "cors.exposed-headers | ETag: | tokenguard.cors.exposed-headers is 'ETag:'",
                "cors.max-age | 25h | tokenguard.cors.max-age is '25h': set 0s to 24h",
                "cors.allowed-headers | ETag | tokenguard.cors.allowed-headers is 'ETag': it has no effect",
                "cors.exposed-headers | ETag | tokenguard.cors.exposed-headers is 'ETag': it has no effect",
                "cors.max-age | 5m | tokenguard.cors.max-age is '5m': it has no effect",
            })
    void failsAtStartNamingTheKey(String key, String value, String message) {
        assertRefused(properties("cors.allowed-origins", APP, key, value), message);
    }

    @ParameterizedTest
    @CsvSource({
        "cors.allowed-methods, GET",
        "cors.allowed-headers, ETag",
        "cors.exposed-headers, ETag",
        "cors.max-age, 5m",
        "cors.allow-credentials, true"
    })
    void needsOriginsForAllElse(String key, String value) {
        assertRefused(properties(key, value), "tokenguard.cors.allowed-origins is not set: name the origins");
    }

    @Test
    void needsTheFieldOfTokensAmongTheAllowedOnes() {
        assertRefused(
                properties("cors.allowed-origins", APP, "cors.allowed-methods", "GET", "cors.allowed-headers", "ETag"),
                "tokenguard.cors.allowed-headers is 'ETag': it replaces the default");
    }

    @Test
    void acceptsNoCredentialsOfEveryOrigin() {
        assertRefused(
                properties("cors.allowed-origins", "*", "cors.allow-credentials", "true"),
                "tokenguard.cors.allow-credentials is 'true': browsers refuse it together with"
                        + " tokenguard.cors.allowed-origins = *");
    }

    @Test
    void letsNoPreflightThroughBesideIt() {
        assertRefused(
                properties("cors.allowed-origins", APP, "cors.allowed-methods", "GET", "pass-cors-preflight", "true"),
                "tokenguard.pass-cors-preflight is 'true': with tokenguard.cors.allowed-methods");
    }

    private static void assertRefused(GuardProperties wrong, String message) {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> wrong.toBuilder().build().close())
                .withMessageContaining(message);
    }
}

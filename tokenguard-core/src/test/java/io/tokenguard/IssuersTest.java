package io.tokenguard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.sun.net.httpserver.HttpServer;
import io.tokenguard.access.AccessToken;
import io.tokenguard.access.Refusal;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import io.tokenguard.testkit.TestJson;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The access tokens of real issuers, by the properties that {@code docs/issuers.md} states for them. */
class IssuersTest {
    private static final SampleKeys KEYS = new SampleKeys();
    private static final AtomicReference<String> ANSWER = new AtomicReference<>("");
    private static HttpServer endpoint;
    private static Path keySet;

    @BeforeAll
    static void start(@TempDir Path folder) throws IOException {
        keySet = Files.writeString(folder.resolve("keys.json"), KEYS.publicSet());
        endpoint = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        endpoint.createContext("/", exchange -> {
            byte[] body = ANSWER.get().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        endpoint.start();
    }

    @AfterAll
    static void stop() {
        endpoint.stop(0);
    }

    static Stream<IssuerSample> all() {
        return IssuerSample.all();
    }

    static Stream<IssuerSample> accepted() {
        return all().filter(sample -> sample.refusal().isEmpty());
    }

    static Stream<IssuerSample> acceptedAndSigned() {
        return accepted().filter(sample -> sample.text().isEmpty());
    }

    @ParameterizedTest
    @MethodSource("all")
    void areAcceptedOrRefusedAsDocumented(IssuerSample sample) {
        if (sample.refusal().isPresent()) {
            assertThat(refusal(sample, Map.of(), now()))
                    .hasToString(sample.refusal().get());
            return;
        }
        AccessToken token = accept(sample);
        assertThat(token.subject()).isEqualTo(sample.text("subject"));
        assertThat(token.clientId()).isEqualTo(sample.text("client"));
        assertThat(token.subjectKind()).hasToString(sample.text("kind").orElseThrow());
        assertThat(token.scopes()).isEqualTo(Set.copyOf(sample.list("scopes")));
        assertThat(token.roles()).isEqualTo(Set.copyOf(sample.list("roles")));
    }

    /** Of 88, with the documented settings; each of the others is refused for the reason that is listed with it. */
    @Test
    void areAcceptedAllButElevenThatNeedNotBe() {
        Set<String> accepted = accepted().map(IssuersTest::name).collect(Collectors.toSet());
        List<String> known = IssuerSample.read("issuers.json").stream()
                .map(token -> (String) token.get("name"))
                .toList();
        assertThat(known).hasSize(88);
        assertThat(known.stream().filter(name -> !accepted.contains(name)))
                .containsExactlyInAnyOrder(
                        "apple identity token",
                        "auth0 HS256 API",
                        "auth0 opaque/JWE (no audience asked)",
                        "aws IAM Identity Center (opaque)",
                        "github oauth app token (POST /applications/{id}/token)",
                        "google user ID token (at_hash, nonce)",
                        "introspect: curity phantom: answer is a JWT (application/jwt)",
                        "okta org server (aud = org URL, keys unpublished)",
                        "openiddict default (JWE)",
                        "slack id token",
                        "supabase HS256 (legacy secret)");
        assertThat(all().filter(sample -> sample.refusal().isPresent()))
                .allSatisfy(sample -> assertThat(sample.text("why")).isPresent());
    }

    private static String name(IssuerSample sample) {
        return (String) Objects.requireNonNull(sample.expected().get("name"));
    }

    private static boolean mayLackAudience(IssuerSample sample) {
        Map<String, String> settings = sample.settings();
        return settings.containsKey("accept-tokens-without-audience")
                || settings.getOrDefault("introspection.accept-answers-without", "")
                        .contains("aud");
    }

    static Stream<IssuerSample> withAudience() {
        return accepted().filter(sample -> !mayLackAudience(sample));
    }

    @ParameterizedTest
    @MethodSource("withAudience")
    void areRefusedByAnotherApi(IssuerSample sample) {
        assertThat(refusal(sample, Map.of("audiences", "https://other.example.net"), now()))
                .isEqualTo(RefusalReason.AUDIENCE_MISMATCH);
    }

    @ParameterizedTest
    @MethodSource("withAudience")
    void areRefusedByAnotherApiThoughItAcceptsTokensWithoutAnAudience(IssuerSample sample) {
        if (sample.settings().containsKey("audience-claim")) {
            return;
        }
        Map<String, String> lenient =
                Map.of("audiences", "https://other.example.net", "accept-tokens-without-audience", "true");
        assertThat(refusal(sample, lenient, now())).isEqualTo(RefusalReason.AUDIENCE_MISMATCH);
    }

    static Stream<IssuerSample> namingTheirIssuer() {
        return acceptedAndSigned().filter(sample -> !sample.settings().containsKey("accept-tokens-without-issuer"));
    }

    @ParameterizedTest
    @MethodSource("namingTheirIssuer")
    void areRefusedWhereAnotherIssuerIsTrusted(IssuerSample sample) {
        Map<String, String> other = Map.of("issuer-uri", another(sample.issuer()), "dialect", sample.dialect());
        assertThat(refusal(sample, other, now())).isEqualTo(RefusalReason.ISSUER_UNKNOWN);
    }

    /** Issuers of Auth0 end in a slash. */
    private static String another(String issuer) {
        return issuer.endsWith("/") ? issuer + "x/" : issuer + "x";
    }

    @ParameterizedTest
    @MethodSource("acceptedAndSigned")
    void areRefusedWhenTheyHaveExpired(IssuerSample sample) {
        assertThat(refusal(sample, Map.of(), now() - 400L * 86_400)).isEqualTo(RefusalReason.EXPIRED);
    }

    /** Not ID tokens that are accepted as such, nor tokens of tenants, which no other dialect has. */
    static Stream<IssuerSample> accessTokens() {
        return acceptedAndSigned()
                .filter(sample -> !sample.settings().containsKey("tenants")
                        && !sample.settings().containsKey("accept-id-tokens"));
    }

    @ParameterizedTest
    @MethodSource("accessTokens")
    void areNeverTakenForTokensOfAnotherServer(IssuerSample sample) {
        String hint = refusalWithDefaults(sample).map(Refusal::hint).orElse("");
        assertThat(hint).doesNotContain("ID token");
        if (hint.contains("dialect=")) {
            assertThat(hint).endsWith("tokenguard.dialect=" + sample.dialect());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "keycloak-25",
                "entra v2 user",
                "auth0 no RBAC",
                "okta custom",
                "cognito user",
                "spring authorization server default"
            })
    void areRefusedByTheStandardsDialectWithAHintAtTheirOwn(String name) {
        IssuerSample sample = all().filter(known -> name.equals(known.token().get("name")))
                .findFirst()
                .orElseThrow();
        Refusal refusal = refusalWithDefaults(sample).orElseThrow();
        assertThat(refusal.reason()).isEqualTo(RefusalReason.TYPE_MISMATCH);
        assertThat(refusal.hint()).endsWith(": tokenguard.dialect=" + sample.dialect());
    }

    /** As if the issuer had a domain of its own, which selects no dialect. */
    private static Optional<Refusal> refusalWithDefaults(IssuerSample sample) {
        List<Refusal> refusals = new ArrayList<>();
        Map<String, String> changes = Map.of("dialect", "rfc9068", "accept-id-tokens", "false");
        try (TokenGuard guard = builder(sample, changes).observer(refusals::add).build()) {
            AccessToken unused = guard.validate(token(sample, now()));
        } catch (RefusedException refused) {
            return Optional.of(refusals.get(0));
        }
        return Optional.empty();
    }

    private static long now() {
        return Instant.now().getEpochSecond();
    }

    private static AccessToken accept(IssuerSample sample) {
        try (TokenGuard guard = guard(sample, Map.of())) {
            return guard.validate(token(sample, now()));
        } catch (RefusedException refused) {
            return fail("refused: " + refused.reason() + " " + refused.getMessage());
        }
    }

    private static RefusalReason refusal(IssuerSample sample, Map<String, String> changes, long madeAt) {
        try (TokenGuard guard = guard(sample, changes)) {
            return fail("accepted for " + guard.validate(token(sample, madeAt)).subject());
        } catch (RefusedException refused) {
            return refused.reason();
        }
    }

    private static TokenGuard guard(IssuerSample sample, Map<String, String> changes) {
        return builder(sample, changes).build();
    }

    private static TokenGuardBuilder builder(IssuerSample sample, Map<String, String> changes) {
        Map<String, String> settings = sample.settings();
        settings.putIfAbsent("issuer-uri", sample.issuer());
        settings.put("jwks-file", keySet.toString());
        if (settings.keySet().stream().anyMatch(key -> key.startsWith("introspection."))) {
            settings.put(
                    "introspection.uri",
                    "http://127.0.0.1:" + endpoint.getAddress().getPort() + "/");
            settings.put("introspection.client-id", "api");
            settings.put("introspection.client-secret", "secret");
        }
        settings.putAll(changes);
        Map<String, String> properties = new HashMap<>();
        settings.forEach((key, value) -> properties.put("tokenguard." + key, value));
        return GuardProperties.of(properties).toBuilder();
    }

    private static String token(IssuerSample sample, long now) {
        ANSWER.set(sample.answerAt(now).map(TestJson::write).orElse("not JSON"));
        Optional<String> text = sample.text();
        return text.isPresent() ? text.get() : KEYS.sign(sample, now);
    }
}

package io.tokenguard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.sun.net.httpserver.HttpServer;
import io.tokenguard.access.AccessToken;
import io.tokenguard.access.Refusal;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import io.tokenguard.config.Dialect;
import io.tokenguard.testkit.TestEncryption;
import io.tokenguard.testkit.TestJson;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The access tokens of real issuers, by the properties that {@code docs/issuers.md} states for them. */
class IssuersTest {
    private static final SampleKeys KEYS = new SampleKeys();
    private static final AtomicReference<String> ANSWER = new AtomicReference<>("");
    private static final TestEncryption ENCRYPTION = TestEncryption.generate("RSA-OAEP-256", "A256GCM");
    private static final Set<RefusalReason> NO_ACCESS_TOKEN =
            EnumSet.of(RefusalReason.TYPE_MISMATCH, RefusalReason.CLAIM_MISSING, RefusalReason.NOT_AN_ACCESS_TOKEN);

    /** Issuers without ID tokens; with one JWT for both (Casdoor); or of which none is known. */
    private static final Pattern WITHOUT_ID_TOKENS =
            Pattern.compile("(?:google|github|gitlab|bitbucket|kubernetes|SPIFFE"
                    + "|SPIRE|microprofile|casdoor|frontegg|supertokens|aws sts|workos|hashicorp|nomad|terraform|buildkite|circleci"
                    + "|teleport|pomerium|atlassian forge|wordpress|hasura|laravel|jhipster|propelauth).*");

    private static HttpServer endpoint;
    private static Path keySet;
    private static Map<String, String> files;

    @BeforeAll
    static void start(@TempDir Path folder) throws IOException {
        keySet = Files.writeString(folder.resolve("keys.json"), KEYS.publicSet());
        files = Map.of(
                "(secret)", write(folder, "secret", SampleKeys.SECRET),
                "(another secret)", write(folder, "another", SampleKeys.SECRET.replace("sixty-four", "sixtyfour-")),
                "(decryption key)", write(folder, "decryption.json", ENCRYPTION.privateJwk()));
        endpoint = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        endpoint.createContext("/", exchange -> {
            byte[] body = ANSWER.get().getBytes(StandardCharsets.UTF_8);
            String type = "application/json";
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        endpoint.start();
    }

    private static String write(Path folder, String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content).toString();
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
    void areAcceptedAllButNineThatNeedNotBe() {
        Set<String> accepted = accepted().map(IssuersTest::name).collect(Collectors.toSet());
        List<String> known = IssuerSample.read("issuers.json").stream()
                .map(token -> (String) token.get("name"))
                .toList();
        assertThat(known).hasSize(88);
        assertThat(known.stream().filter(name -> !accepted.contains(name)))
                .containsExactlyInAnyOrder(
                        "apple identity token",
                        "auth0 opaque/JWE (no audience asked)",
                        "aws IAM Identity Center (opaque)",
                        "github oauth app token (POST /applications/{id}/token)",
                        "google user ID token (at_hash, nonce)",
                        "okta org server (aud = org URL, keys unpublished)",
                        "openiddict default (JWE)",
                        "slack id token",
                        "introspect: curity phantom: answer is a JWT (application/jwt)");
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

    static Stream<Arguments> otherTokens() {
        return accessTokens()
                .filter(sample -> !sample.settings().containsKey("decryption-key-file"))
                .flatMap(sample -> sample.otherTokens().map(other -> Arguments.of(sample, other)));
    }

    /** OpenID Connect Core §2: for the audience of the API, which is the worst case. */
    @ParameterizedTest
    @MethodSource("otherTokens")
    void areAcceptedWhereTheIdTokensOfTheirIssuerAreRefused(IssuerSample sample, Map<String, ?> other) {
        IssuerSample idToken = sample.asOther(other);
        Map<String, Object> header = new HashMap<>(idToken.header());
        header.put("alg", sample.algorithm());
        try (TokenGuard guard = guard(sample, Map.of())) {
            String token = KEYS.sign(header, idToken.claimsAt(now()));
            fail("accepted for " + guard.validate(token).subject());
        } catch (RefusedException refused) {
            assertThat(refused.reason()).isIn(NO_ACCESS_TOKEN);
        }
    }

    /** Where roles are a claim of their own, and not in another. */
    static Stream<Arguments> withRoles() {
        return acceptedAndSigned()
                .filter(sample -> !sample.settings().containsKey("decryption-key-file"))
                .flatMap(sample -> rolesClaims(sample)
                        .filter(claim -> sample.claimsAt(0).containsKey(claim))
                        .map(claim -> Arguments.of(sample, claim)));
    }

    private static Stream<String> rolesClaims(IssuerSample sample) {
        String ofDialect = Stream.of(Dialect.values())
                .filter(dialect -> dialect.settingName().equals(sample.dialect()))
                .map(TrustedIssuer::settingsOf)
                .map(settings -> settings.getOrDefault("tokenguard.roles-claim", ""))
                .findFirst()
                .orElse("");
        return Stream.of(
                sample.settings().getOrDefault("roles-claim", ofDialect).split(", ", -1));
    }

    /** No route demands a role, so nothing that is no role refuses a token. */
    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("withRoles")
    void areAcceptedWhateverTheClaimOfRolesHolds(IssuerSample sample, String claim) throws RefusedException {
        for (Object value :
                List.of(1L, true, List.of(1L), List.of(List.of()), Map.of("a", 1L), Map.of("a", List.of()))) {
            Map<String, Object> claims = sample.claimsAt(now());
            claims.put(claim, value);
            try (TokenGuard guard = guard(sample, Map.of())) {
                AccessToken token = guard.validate(KEYS.sign(sample.header(), claims));
                assertThat(token.subject()).isEqualTo(sample.text("subject"));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("accessTokens")
    void areOfIssuersWhoseIdTokensAreKnown(IssuerSample sample) {
        assertThat(sample.otherTokens().findAny().isPresent()
                        || WITHOUT_ID_TOKENS.matcher(name(sample)).matches())
                .isTrue();
    }

    /** {@code rfc9068} and {@code generic} are of no one server. */
    @ParameterizedTest
    @EnumSource(value = Dialect.class, mode = EnumSource.Mode.EXCLUDE, names = "AUTO")
    void areOfEveryDialect(Dialect dialect) {
        assertThat(accepted().map(IssuerSample::dialect)).contains(dialect.settingName());
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
            assertThat(hint).matches(".* tokenguard\\.dialect=" + Pattern.quote(sample.dialect()) + "(, .*)?");
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
        settings.replaceAll((key, value) -> files.getOrDefault(value, value));
        if (!settings.containsKey("hmac-secret-file")) {
            settings.put("jwks-file", keySet.toString());
        }
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
        String token = text.isPresent() ? text.get() : KEYS.sign(sample, now);
        return sample.text("encrypted").isPresent() ? ENCRYPTION.encrypt(token) : token;
    }
}

package io.tokenguard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tokenguard.access.ConfigurationException;
import io.tokenguard.access.SignatureAlgorithm;
import io.tokenguard.config.ClientAuthentication;
import io.tokenguard.config.Introspection;
import io.tokenguard.internal.settings.IssuerSettings;
import io.tokenguard.testkit.TestAlgorithm;
import io.tokenguard.testkit.TestCertificate;
import io.tokenguard.testkit.TestKey;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The properties of introspection say what code says, and what is wrong in them fails at start. */
class IntrospectionPropertiesTest {
    private static final String START = "tokenguard.introspection.";
    private static final ClientAuthentication BASIC = ClientAuthentication.basic("api", "s3cret");

    private static GuardProperties properties(String... more) {
        Map<String, String> properties =
                new HashMap<>(Map.of("tokenguard.issuer-uri", "https://issuer.example", "tokenguard.audiences", "api"));
        for (int i = 0; i < more.length; i += 2) {
            properties.put(more[i].startsWith("tokenguard.") ? more[i] : START + more[i], more[i + 1]);
        }
        properties.values().removeIf(String::isEmpty);
        return GuardProperties.of(properties);
    }

    private static Introspection of(String... more) {
        return properties(more).toBuilder()
                .settings()
                .issuers()
                .get(0)
                .introspection()
                .orElseThrow()
                .how();
    }

    private static Introspection known(String... more) {
        String[] all = new String[more.length + 4];
        System.arraycopy(more, 0, all, 4, more.length);
        all[0] = "client-id";
        all[1] = "api";
        all[2] = "client-secret";
        all[3] = "s3cret";
        return of(all);
    }

    private static void assertRefused(GuardProperties properties, String... words) {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> properties.toBuilder().build().close())
                .satisfies(refusal ->
                        assertThat(refusal.getMessage()).contains(words).doesNotContain("s3cret"));
    }

    @Test
    void sayWhatTheirMethodsSay() {
        Introspection usual = Introspection.as(BASIC);
        assertThat(known()).isEqualTo(usual);
        assertThat(known("uri", "https://as.example/introspect"))
                .isEqualTo(usual.at(URI.create("https://as.example/introspect")));
        assertThat(known("mode", "always")).isEqualTo(usual.mode(Introspection.Mode.ALWAYS));
        assertThat(known("mode", "opaque-only")).isEqualTo(usual);
        assertThat(known("cache-ttl", "5s")).isEqualTo(usual.cacheTtl(Duration.ofSeconds(5)));
        assertThat(known("timeout", "500ms")).isEqualTo(usual.timeout(Duration.ofMillis(500)));
        assertThat(known("max-calls", "100")).isEqualTo(usual.maxCalls(100));
        assertThat(known("max-waiting", "50")).isEqualTo(usual.maxWaiting(50));
        assertThat(known("outage-grace", "1m")).isEqualTo(usual.outageGrace(Duration.ofMinutes(1)));
        assertThat(known("cache-ttl", "10m", "timeout", "10s"))
                .isEqualTo(usual.cacheTtl(Duration.ofMinutes(10)).timeout(Duration.ofSeconds(10)));
        assertThat(known("signed-answers", "true")).isEqualTo(usual.signedAnswers());
        assertThat(known("signed-answers", "false")).isEqualTo(usual);
        assertThat(known("token-prefix", "main_")).isEqualTo(usual.tokenPrefix("main_"));
        assertThat(known("accept-answers-without", "aud, exp")).isEqualTo(usual.acceptAnswersWithout("aud", "exp"));
    }

    @Test
    void areReadFromTheEnvironmentAndForNamedIssuersToo() {
        GuardProperties named = GuardProperties.of(Map.of(
                        "tokenguard.audiences", "api",
                        "tokenguard.introspection.client-secret", "s3cret",
                        "tokenguard.issuers.one.issuer-uri", "https://one.example",
                        "tokenguard.issuers.one.introspection.token-prefix", "one_",
                        "tokenguard.issuers.two.issuer-uri", "https://two.example",
                        "tokenguard.issuers.two.introspection.token-prefix", "two_"))
                .withEnvironment(Map.of("TOKENGUARD_INTROSPECTION_CLIENT_ID", "api"), Map.of());
        assertThat(named.toBuilder().settings().issuers())
                .extracting(issuer -> issuer.introspection().orElseThrow().how())
                .containsExactlyInAnyOrder(
                        Introspection.as(BASIC).tokenPrefix("one_"),
                        Introspection.as(BASIC).tokenPrefix("two_"));
    }

    @Test
    void makeAnApiOfOpaqueTokensOnlyWithoutAnIssuer() {
        GuardProperties opaque = properties(
                "tokenguard.issuer-uri", "", "uri", "https://as.example/introspect", "bearer-token", "s3cret");
        IssuerSettings byProperty = opaque.toBuilder().settings().issuers().get(0);
        IssuerSettings byCode = TrustedIssuer.opaque(Introspection.at(
                        URI.create("https://as.example/introspect"), ClientAuthentication.bearer("s3cret")))
                .audience("api")
                .build()
                .settings();
        assertThat(byProperty).usingRecursiveComparison().isEqualTo(byCode);
        assertThat(byProperty.isUnnamed()).isTrue();
        opaque.toBuilder().build().close();
    }

    @Nested
    class Client {
        @Test
        void showsASecretInEitherWay(@TempDir Path folder) throws IOException {
            Path file = Files.writeString(folder.resolve("secret"), "s3cret\n");
            assertThat(of("client-id", "api", "client-secret-file", file.toString())
                            .client())
                    .isEqualTo(BASIC);
            assertThat(known("client-auth", "client_secret_post").client())
                    .isEqualTo(ClientAuthentication.post("api", "s3cret"));
            assertThat(of("bearer-token-file", file.toString()).client())
                    .isEqualTo(ClientAuthentication.bearer("s3cret"));
            assertThat(of("client-auth", "none").client()).isEqualTo(ClientAuthentication.none());
        }

        @Test
        void signsWithAPrivateKey(@TempDir Path folder) throws IOException {
            TestKey key = TestKey.generate(TestAlgorithm.ES256, "client-key");
            Path file = Files.writeString(folder.resolve("key.jwk"), key.privateJwk());
            assertThat(of("client-id", "api", "client-key-file", file.toString())
                            .client())
                    .isEqualTo(ClientAuthentication.privateKeyJwt(
                            "api", key.privateKey(), SignatureAlgorithm.ES256, "client-key"));
        }

        @Test
        void showsACertificate(@TempDir Path folder) throws Exception {
            TestCertificate certificate = TestCertificate.selfSigned("client");
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry(
                    "key",
                    TestKey.generate(TestAlgorithm.ES256).privateKey(),
                    "s3cret".toCharArray(),
                    new Certificate[] {certificate.certificate()});
            Path file = folder.resolve("client.p12");
            try (OutputStream out = Files.newOutputStream(file)) {
                store.store(out, "s3cret".toCharArray());
            }
            Path password = Files.writeString(folder.resolve("password"), "s3cret");
            for (String[] said : new String[][] {
                {"client-key-store-password", "s3cret"}, {"client-key-store-password-file", password.toString()}
            }) {
                assertThat(of("client-id", "api", "client-key-store", file.toString(), said[0], said[1])
                                .client())
                        .isInstanceOf(ClientAuthentication.Certificate.class);
            }
            assertRefused(
                    properties(
                            "client-id", "api", "client-key-store", file.toString(), "client-key-store-password", "x"),
                    START + "client-key-store");
        }

        @Test
        void showsNoSecret() {
            assertThat(ClientAuthentication.basic("api", "s3cret").toString()).doesNotContain("s3cret");
            assertThat(ClientAuthentication.post("api", "s3cret").toString()).doesNotContain("s3cret");
            assertThat(ClientAuthentication.bearer("s3cret").toString()).doesNotContain("s3cret");
            assertThat(Introspection.as(BASIC).toString()).doesNotContain("s3cret");
        }
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                    client-id, api, audiences, api, client-secret
                    client-secret, s3cret, audiences, api, client-id
                    client-secret, s3cret, bearer-token, s3cret, client-secret
                    client-auth, magic, client-id, api, client-auth
                    client-auth, none, client-secret, s3cret, client-secret
                    client-auth, none, mode, sometimes, mode
                    client-auth, none, cache-ttl, 601s, cache-ttl
                    client-auth, none, timeout, 11s, timeout
                    client-auth, none, max-calls, 1, max-calls
                    client-auth, none, max-calls, 1001, max-calls
                    client-auth, none, max-waiting, 1, max-waiting
                    client-auth, none, max-waiting, 100001, max-waiting
                    client-auth, none, outage-grace, 601s, outage-grace
                    client-auth, none, timeout, 49ms, timeout
                    client-auth, none, token-prefix, ey, token-prefix
                    client-auth, none, token-prefix, a, token-prefix
                    client-auth, none, token-prefix, a b, token-prefix
                    client-auth, none, accept-answers-without, sub, accept-answers-without
                    client-auth, none, uri, http://as.example/introspect, uri
                    client-auth, none, uri, https://user@as.example/introspect, uri
                    client-auth, none, signed-answers, yes, signed-answers
                    client-id, api, client-key-file, /nowhere, client-key-file
                    bearer-token, a b, mode, always, bearer-token
                    """)
    void areRefusedWhereTheyAreWrong(String key, String value, String other, String otherValue, String named) {
        String second = other.equals("audiences") ? "tokenguard.audiences" : other;
        assertRefused(properties(key, value, second, otherValue), START + named);
    }

    @Nested
    class Ambiguity {
        private static GuardProperties two(String first, String second) {
            return properties(
                    "tokenguard.issuer-uri", "",
                    "client-auth", "none",
                    "tokenguard.issuers.one.issuer-uri", "https://one.example",
                    "tokenguard.issuers.one.introspection.token-prefix", first,
                    "tokenguard.issuers.two.issuer-uri", "https://two.example",
                    "tokenguard.issuers.two.introspection.token-prefix", second);
        }

        @Test
        void isRefusedForAnOpaqueTokenNamesNoIssuer() {
            assertRefused(two("", ""), "introspection.token-prefix", "names no issuer");
            assertRefused(two("ab", "ab"), "introspection.token-prefix");
            assertRefused(two("ab", "abc"), "introspection.token-prefix");
        }

        @Test
        void isNoneWherePrefixesTellThemApartAndOneIsAskedAboutTheRest() {
            two("ab", "ba").toBuilder().build().close();
            two("ab", "").toBuilder().build().close();
        }
    }

    @Test
    void areNotForIssuersThatAreMany() {
        assertRefused(
                properties("tokenguard.issuer-uri", "https://as.example/*", "client-auth", "none"), START + "mode");
    }

    @Test
    void askForSignaturesOnlyOfWhoIsNamed() {
        assertRefused(
                properties(
                        "tokenguard.issuer-uri", "",
                        "uri", "https://as.example/introspect",
                        "client-auth", "none",
                        "signed-answers", "true"),
                START + "signed-answers");
    }

    @Test
    void areNeededForRoutesThatDemandAFreshAnswer() {
        assertRefused(properties("tokenguard.routes.pay", "/pay fresh"), "fresh", START + "client-id");
    }
}

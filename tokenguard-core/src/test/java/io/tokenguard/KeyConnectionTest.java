package io.tokenguard;

import static io.tokenguard.GuardedIssuer.bearing;
import static io.tokenguard.GuardedIssuer.reasonOf;
import static io.tokenguard.TrustedIssuer.Connection.usual;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tokenguard.access.ConfigurationException;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.config.ClientAuthentication;
import io.tokenguard.config.Introspection;
import io.tokenguard.config.StatusLists;
import io.tokenguard.testkit.TestCertificate;
import io.tokenguard.testkit.TestEndpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How an issuer is reached, over real sockets. */
class KeyConnectionTest {
    private static final TestCertificate AUTHORITY = TestCertificate.selfSigned("authority");
    private static final TestCertificate CLIENT = AUTHORITY.issue("client");
    private static final String PASSWORD = "of-a-test";

    @TempDir
    private static Path folder;

    private final KeyDrill drill = KeyDrill.addressed();

    private static Path caFile() throws IOException {
        return Files.writeString(folder.resolve("ca.pem"), AUTHORITY.pem());
    }

    private static Path clientKeyStore() throws IOException {
        return Files.write(folder.resolve("client.p12"), CLIENT.pkcs12(PASSWORD));
    }

    private DocumentServer secure() {
        return DocumentServer.overTls(AUTHORITY.issue("server").sslContext(AUTHORITY.certificate()));
    }

    private DocumentServer secureForClients() {
        return DocumentServer.overTlsForClients(AUTHORITY.issue("server").sslContext(AUTHORITY.certificate()));
    }

    private RefusalReason judge(UnaryOperator<TrustedIssuerBuilder> settings) {
        try (TokenGuard guard = drill.describe(settings).build()) {
            return judge(guard);
        }
    }

    private RefusalReason judge(TokenGuard guard) {
        RefusalReason reason =
                reasonOf(guard.decide(bearing(drill.issuer.token().sign())));
        KeyDrill.settle(guard);
        return reason;
    }

    private String metadata(String issuer, URI jwksUri) {
        return "{\"issuer\":\"" + issuer + "\",\"jwks_uri\":\"" + jwksUri + "\"}";
    }

    @Nested
    class Tls {
        @Test
        void trustsTheAuthoritiesOfAFile() throws IOException {
            try (DocumentServer server = secure()) {
                URI keys = server.put("/jwks", drill.issuer.jwksJson());
                Path ca = caFile();
                assertThat(judge(issuer -> issuer.keysFrom(keys).connection(usual().caFile(ca))))
                        .isNull();
            }
        }

        @Test
        void trustsTheAuthoritiesOfAKeyStore() throws IOException, GeneralSecurityException {
            Path file = folder.resolve("trust.p12");
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setCertificateEntry("authority", AUTHORITY.certificate());
            try (var output = Files.newOutputStream(file)) {
                store.store(output, PASSWORD.toCharArray());
            }
            try (DocumentServer server = secure()) {
                URI keys = server.put("/jwks", drill.issuer.jwksJson());
                assertThat(judge(issuer -> issuer.keysFrom(keys).connection(usual().trustStore(file, PASSWORD))))
                        .isNull();
            }
        }

        @Test
        void trustsNoPrivateAuthorityUnlessSet() throws IOException {
            try (DocumentServer server = secure();
                    TokenGuard guard = drill.describe(
                                    issuer -> issuer.keysFrom(server.put("/jwks", drill.issuer.jwksJson())))
                            .build()) {
                assertThat(judge(guard)).isEqualTo(RefusalReason.KEYS_UNAVAILABLE);
                assertThat(guard.health().issuers().get(0).lastFailure().orElseThrow())
                        .startsWith("TLS failed")
                        .contains("jwks.ca-file");
            }
        }

        @Test
        void trustsNobodyButTheAuthoritiesOfTheFile() throws IOException {
            Path other = Files.writeString(
                    folder.resolve("other.pem"),
                    TestCertificate.selfSigned("other").pem());
            try (DocumentServer server = secure()) {
                URI keys = server.put("/jwks", drill.issuer.jwksJson());
                assertThat(judge(issuer -> issuer.keysFrom(keys).connection(usual().caFile(other))))
                        .isEqualTo(RefusalReason.KEYS_UNAVAILABLE);
            }
        }

        @Test
        void authenticatesByTheCertificateOfAKeyStore() throws IOException {
            try (DocumentServer server = secureForClients()) {
                URI keys = server.put("/jwks", drill.issuer.jwksJson());
                Path ca = caFile();
                Path own = clientKeyStore();
                assertThat(judge(issuer -> issuer.keysFrom(keys).connection(usual().caFile(ca))))
                        .isEqualTo(RefusalReason.KEYS_UNAVAILABLE);
                assertThat(judge(issuer -> issuer.keysFrom(keys)
                                .connection(usual().caFile(ca).clientKeyStore(own, PASSWORD))))
                        .isNull();
            }
        }

        private Path emptyStore() throws IOException, GeneralSecurityException {
            Path file = folder.resolve("empty.p12");
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            try (var output = Files.newOutputStream(file)) {
                store.store(output, PASSWORD.toCharArray());
            }
            return file;
        }

        @Test
        void needsAPrivateKeyInTheClientKeyStore() throws IOException, GeneralSecurityException {
            Path empty = emptyStore();
            assertThatExceptionOfType(ConfigurationException.class)
                    .isThrownBy(() -> judge(issuer -> issuer.connection(usual().clientKeyStore(empty, PASSWORD))))
                    .withMessageContaining(
                            "tokenguard.jwks.client-key-store is '" + empty + "': it has no private key");
        }

        @Test
        void needsAnAuthorityInTheTrustStore() throws IOException, GeneralSecurityException {
            Path empty = emptyStore();
            assertThatExceptionOfType(ConfigurationException.class)
                    .isThrownBy(() -> judge(issuer -> issuer.connection(usual().trustStore(empty, PASSWORD))))
                    .withMessageContaining("tokenguard.jwks.trust-store is '" + empty + "': it has no certificate");
        }

        @Test
        void isTheSameForIntrospection() throws IOException {
            try (DocumentServer server = secureForClients()) {
                URI endpoint = server.put("/introspect", "{\"active\":false}");
                TrustedIssuer.Connection connection = usual().caFile(caFile())
                        .clientKeyStore(clientKeyStore(), PASSWORD)
                        .header("X-Tenant", "one");
                try (TokenGuard guard = drill.describe(issuer -> issuer.keysFrom(drill.issuer.jwksUri())
                                .connection(connection)
                                .introspection(Introspection.at(endpoint, ClientAuthentication.none())
                                        .timeout(Duration.ofSeconds(10))))
                        .build()) {
                    Awaitility.await()
                            .until(() -> reasonOf(guard.decide(bearing("opaque-token-1234567890")))
                                    == RefusalReason.TOKEN_INACTIVE);
                }
                assertThat(server.requests().get(0).getFirst("X-Tenant")).isEqualTo("one");
            }
        }

        @Test
        void isTheSameForStatusLists() throws IOException {
            try (DocumentServer server = secure()) {
                URI list = URI.create(server.address() + "list");
                server.put(
                        "/list",
                        drill.issuer.statusList().claim("sub", list.toString()).sign(),
                        "application/statuslist+jwt");
                TrustedIssuer.Connection connection = usual().caFile(caFile());
                try (TokenGuard guard = drill.describe(issuer ->
                                issuer.keysFrom(drill.issuer.jwksUri()).connection(connection))
                        .statusLists(StatusLists.required().at(server.address()))
                        .build()) {
                    Map<String, Object> status = Map.of("status_list", Map.of("idx", 0, "uri", list.toString()));
                    assertThat(reasonOf(guard.decide(bearing(
                                    drill.issuer.token().claim("status", status).sign()))))
                            .isNull();
                }
            }
        }
    }

    @Nested
    class Credentials {
        @Test
        void areReadAnewForEachFetch() throws IOException {
            Path token = Files.writeString(folder.resolve("token"), "first\n");
            try (DocumentServer server = DocumentServer.plain();
                    TokenGuard guard = drill.describe(
                                    issuer -> issuer.keysFrom(server.put("/jwks", drill.issuer.jwksJson()))
                                            .connection(usual().bearerTokenFile(token)))
                            .build()) {
                assertThat(judge(guard)).isNull();
                Files.writeString(token, "second\n");
                drill.timer.advance(Duration.ofMinutes(4));
                KeyDrill.settle(guard);
                assertThat(server.requests())
                        .extracting(fields -> fields.getFirst("Authorization"))
                        .containsExactly("Bearer first", "Bearer second");
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "two words", "line\nend", "gr\u00fcn"})
        void areNotSentIfTheFileHoldsNoToken(String content) throws IOException {
            Path token = Files.writeString(folder.resolve("malformed"), content);
            try (DocumentServer server = DocumentServer.plain();
                    TokenGuard guard = drill.describe(
                                    issuer -> issuer.keysFrom(server.put("/jwks", drill.issuer.jwksJson()))
                                            .connection(usual().bearerTokenFile(token)))
                            .build()) {
                assertThat(judge(guard)).isEqualTo(RefusalReason.KEYS_UNAVAILABLE);
                assertThat(guard.health().issuers().get(0).lastFailure().orElseThrow())
                        .startsWith("tokenguard.jwks.bearer-token-file can't be read");
                assertThat(server.requests()).isEmpty();
            }
        }

        /** Metadata may lead anywhere: what is secret goes to hosts that the configuration names. */
        @ParameterizedTest
        @CsvSource({"localhost, false", "127.0.0.1, true"})
        void goToHostsOnlyThatTheConfigurationNames(String keyHost, boolean isSent) throws IOException {
            Path token = Files.writeString(folder.resolve("named"), "secret-of-ours");
            try (DocumentServer server = DocumentServer.plain()) {
                server.put("/jwks", drill.issuer.jwksJson());
                URI keys =
                        URI.create("http://" + keyHost + ":" + server.address().getPort() + "/jwks");
                URI metadata = server.put("/metadata", metadata(drill.issuer.issuer(), keys));
                assertThat(judge(issuer -> issuer.connection(usual().metadataUri(metadata)
                                .bearerTokenFile(token)
                                .header("X-Key", "ours"))))
                        .isNull();
                assertThat(server.requests()).hasSize(2);
                assertThat(server.requests().get(0).getFirst("Authorization")).isEqualTo("Bearer secret-of-ours");
                assertThat(server.requests().get(0).getFirst("X-Key")).isEqualTo("ours");
                assertThat(server.requests().get(1).containsKey("Authorization"))
                        .isEqualTo(isSent);
                assertThat(server.requests().get(1).containsKey("X-Key")).isEqualTo(isSent);
            }
        }
    }

    @Nested
    class Proxies {
        @Test
        void fetchOverTlsThroughATunnel() throws IOException {
            try (DocumentServer server = secure();
                    TunnellingProxy proxy = new TunnellingProxy()) {
                URI keys = server.put("/jwks", drill.issuer.jwksJson());
                Path ca = caFile();
                assertThat(judge(issuer -> issuer.keysFrom(keys)
                                .connection(usual().caFile(ca).proxy(proxy.hostAndPort()))))
                        .isNull();
                assertThat(proxy.tunnels()).containsExactly("127.0.0.1:" + keys.getPort());
            }
        }

        @Test
        void ofSystemPropertiesCount() {
            try (DocumentServer proxy = DocumentServer.plain()) {
                proxy.put("/jwks", drill.issuer.jwksJson());
                System.setProperty("http.proxyHost", "127.0.0.1");
                System.setProperty(
                        "http.proxyPort", String.valueOf(proxy.address().getPort()));
                try (TokenGuard guard = drill.describe(
                                issuer -> issuer.keysFrom(URI.create("http://keys.invalid/jwks")))
                        .allowInsecureHttp()
                        .build()) {
                    assertThat(judge(guard)).isNull();
                } finally {
                    System.clearProperty("http.proxyHost");
                    System.clearProperty("http.proxyPort");
                }
            }
        }
    }

    @Nested
    class PlainHttp {
        private RefusalReason fetchFrom(String host, String... resolved) {
            try (DocumentServer proxy = DocumentServer.plain()) {
                proxy.put("/jwks", drill.issuer.jwksJson());
                try (TokenGuard guard = drill.describe(issuer -> issuer.keysFrom(URI.create("http://" + host + "/jwks"))
                                .connection(usual().allowHttpFor("10.0.0.0/8")
                                        .proxy("127.0.0.1:" + proxy.address().getPort())))
                        .names(name -> addresses(resolved))
                        .build()) {
                    return judge(guard);
                }
            }
        }

        private InetAddress[] addresses(String... numeric) throws java.net.UnknownHostException {
            InetAddress[] addresses = new InetAddress[numeric.length];
            for (int i = 0; i < numeric.length; i++) {
                addresses[i] = InetAddress.getByName(numeric[i]);
            }
            return addresses;
        }

        @Test
        void isUsedForNamesOfAConfiguredRange() {
            assertThat(fetchFrom("keys.inner", "10.1.2.3")).isNull();
        }

        @Test
        void isUsedForAddressesOfAConfiguredRange() {
            assertThat(fetchFrom("10.1.2.3", "10.1.2.3")).isNull();
        }

        @Test
        void isNotUsedIfANameLeadsElsewhereToo() {
            assertThat(fetchFrom("keys.inner", "10.1.2.3", "203.0.113.7")).isEqualTo(RefusalReason.KEYS_UNAVAILABLE);
        }

        @Test
        void opensNothingElse() {
            org.assertj.core.api.Assertions.assertThatExceptionOfType(io.tokenguard.access.ConfigurationException.class)
                    .isThrownBy(() -> fetchFrom("203.0.113.7"))
                    .withMessageContaining("jwks.allow-http-for");
        }
    }

    @Nested
    class Metadata {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "/as/.well-known/openid-configuration",
                    "/.well-known/oauth-authorization-server/as",
                    "/.well-known/openid-configuration/as",
                    "/as/.well-known/oauth-authorization-server"
                })
        void isFoundInEachForm(String path) {
            try (DocumentServer server = DocumentServer.plain()) {
                String issuer = server.address() + "as";
                server.put(path, metadata(issuer, server.put("/jwks", drill.issuer.jwksJson())));
                try (TokenGuard guard = TokenGuard.builder()
                        .issuer(TrustedIssuer.builder(issuer)
                                .audience(GuardedIssuer.AUDIENCE)
                                .build())
                        .route("/orders authenticated")
                        .clock(drill.clock)
                        .build()) {
                    assertThat(reasonOf(guard.decide(bearing(
                                    drill.issuer.token().claim("iss", issuer).sign()))))
                            .isNull();
                }
            }
        }

        @Test
        void mayBeElsewhereThanUnderTheIssuer() {
            try (DocumentServer server = DocumentServer.plain()) {
                URI metadata = server.put("/m", metadata(drill.issuer.issuer(), drill.issuer.jwksUri()));
                assertThat(judge(issuer -> issuer.connection(usual().metadataUri(metadata))))
                        .isNull();
                assertThat(drill.issuer.requests(TestEndpoint.OIDC_DISCOVERY)).isZero();
            }
        }

        @ParameterizedTest
        @CsvSource({"urn:other, ", "urn:another, KEYS_UNAVAILABLE"})
        void mayNameTheConfiguredOtherIssuerOnly(String named, RefusalReason reason) {
            try (DocumentServer server = DocumentServer.plain()) {
                URI metadata = server.put("/m", metadata(named, drill.issuer.jwksUri()));
                assertThat(judge(issuer ->
                                issuer.connection(usual().metadataUri(metadata).metadataIssuer("urn:other"))))
                        .isEqualTo(reason);
            }
        }
    }

    @org.junit.jupiter.api.AfterEach
    void stop() {
        drill.close();
    }
}

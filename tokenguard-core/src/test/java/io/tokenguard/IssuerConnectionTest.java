package io.tokenguard;

import static io.tokenguard.GuardedIssuer.bearing;
import static io.tokenguard.GuardedIssuer.reasonOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.Headers;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.testkit.TestCertificate;
import io.tokenguard.testkit.TestIssuer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each setting of the connection, by property and over real sockets, for each document that is fetched from an issuer. */
class IssuerConnectionTest {
    private static final TestCertificate AUTHORITY = TestCertificate.selfSigned("authority");
    private static final TestCertificate CLIENT = AUTHORITY.issue("client");
    private static final String PASSWORD = "of-a-test";

    private final TestIssuer issuer = TestIssuer.start();

    @TempDir
    private Path folder;

    private Path caFile;
    private Path keyFile;

    /** What is fetched, and from which address in the configuration. */
    private enum Document {
        KEYS("jwks-uri"),
        METADATA("metadata-uri"),
        INTROSPECTION("introspection.uri"),
        STATUS_LIST("status-list.uris");

        private final String key;

        Document(String key) {
            this.key = key;
        }

        /** What a request gets if it can't be fetched. */
        private RefusalReason failure() {
            return switch (this) {
                case KEYS, METADATA -> RefusalReason.KEYS_UNAVAILABLE;
                case INTROSPECTION -> RefusalReason.INTROSPECTION_UNAVAILABLE;
                case STATUS_LIST -> RefusalReason.REVOCATION_UNKNOWN;
            };
        }
    }

    @BeforeEach
    void write() throws IOException {
        caFile = Files.writeString(folder.resolve("ca.pem"), AUTHORITY.pem());
        keyFile = Files.writeString(folder.resolve("keys.json"), issuer.jwksJson());
    }

    @AfterEach
    void stop() {
        issuer.close();
    }

    private DocumentServer secure(boolean forClients) {
        var tls = AUTHORITY.issue("server").sslContext(AUTHORITY.certificate());
        return forClients ? DocumentServer.overTlsForClients(tls) : DocumentServer.overTls(tls);
    }

    private URI serve(Document document, DocumentServer server) {
        return switch (document) {
            case KEYS -> server.put("/keys", issuer.jwksJson());
            case METADATA ->
                server.put(
                        "/metadata",
                        "{\"issuer\":\"" + issuer.issuer() + "\",\"jwks_uri\":\""
                                + server.put("/keys", issuer.jwksJson()) + "\"}");
            case INTROSPECTION -> server.put("/introspection", "{\"active\":false}");
            case STATUS_LIST -> {
                URI list = server.address().resolve("/list");
                String token = issuer.statusList().claim("sub", list.toString()).sign();
                server.put("/list", token, "application/statuslist+jwt");
                yield server.address();
            }
        };
    }

    /** Fetches a document by a guard with these settings; whether that succeeded. */
    private boolean isFetched(Document document, DocumentServer server, Map<String, Object> settings) {
        Map<String, String> properties = new HashMap<>(Map.of(
                "tokenguard.issuer-uri",
                issuer.issuer(),
                "tokenguard.audiences",
                GuardedIssuer.AUDIENCE,
                "tokenguard.routes.orders",
                "/orders authenticated",
                "tokenguard.jwks.timeout",
                "20s",
                "tokenguard." + document.key,
                serve(document, server).toString()));
        if (document != Document.KEYS && document != Document.METADATA) {
            properties.put("tokenguard.jwks-file", keyFile.toString());
        }
        if (document == Document.INTROSPECTION) {
            properties.put("tokenguard.introspection.client-auth", "none");
            properties.put("tokenguard.introspection.timeout", "10s");
        }
        settings.forEach((key, value) -> properties.put("tokenguard.jwks." + key, value.toString()));
        try (TokenGuard guard = GuardProperties.of(properties).toBuilder().build()) {
            RefusalReason reason = reasonOf(guard.decide(bearing(token(document, server))));
            RefusalReason good = document == Document.INTROSPECTION ? RefusalReason.TOKEN_INACTIVE : null;
            assertThat(reason).isIn(good, document.failure());
            return Objects.equals(reason, good);
        }
    }

    private String token(Document document, DocumentServer server) {
        return switch (document) {
            case KEYS, METADATA -> issuer.token().sign();
            case INTROSPECTION -> "an-opaque-token-1234567890";
            case STATUS_LIST -> {
                String list = server.address().resolve("/list").toString();
                yield issuer.token()
                        .claim("status", Map.of("status_list", Map.of("idx", 0, "uri", list)))
                        .sign();
            }
        };
    }

    private static List<String> sent(DocumentServer server, String field) {
        return server.requests().stream()
                .map((Headers fields) -> String.valueOf(fields.getFirst(field)))
                .distinct()
                .toList();
    }

    @ParameterizedTest
    @EnumSource
    void mayUseAPrivateAuthority(Document document) throws IOException {
        try (DocumentServer server = secure(false)) {
            assertThat(isFetched(document, server, Map.of("ca-file", caFile))).isTrue();
        }
        try (DocumentServer server = secure(false)) {
            assertThat(isFetched(document, server, Map.of())).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void mayUseATrustStore(Document document) throws IOException, GeneralSecurityException {
        Path file = folder.resolve("trust.p12");
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("authority", AUTHORITY.certificate());
        try (var output = Files.newOutputStream(file)) {
            store.store(output, PASSWORD.toCharArray());
        }
        try (DocumentServer server = secure(false)) {
            assertThat(isFetched(document, server, Map.of("trust-store", file, "trust-store-password", PASSWORD)))
                    .isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void mayUseMutualTls(Document document) throws IOException {
        Path own = Files.write(folder.resolve("client.p12"), CLIENT.pkcs12(PASSWORD));
        Map<String, Object> settings =
                Map.of("ca-file", caFile, "client-key-store", own, "client-key-store-password", PASSWORD);
        try (DocumentServer server = secure(true)) {
            assertThat(isFetched(document, server, settings)).isTrue();
        }
        try (DocumentServer server = secure(true)) {
            assertThat(isFetched(document, server, Map.of("ca-file", caFile))).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void mayNeedHeaderFields(Document document) {
        try (DocumentServer server = DocumentServer.plain()) {
            assertThat(isFetched(document, server, Map.of("headers", "X-Tenant: one, X-Key: two")))
                    .isTrue();
            assertThat(sent(server, "X-Tenant")).containsExactly("one");
            assertThat(sent(server, "X-Key")).containsExactly("two");
        }
    }

    /** Introspection has credentials of its own. */
    @ParameterizedTest
    @EnumSource
    void mayNeedABearerToken(Document document) throws IOException {
        Path token = Files.writeString(folder.resolve("token"), "of-this-pod\n");
        try (DocumentServer server = DocumentServer.plain()) {
            assertThat(isFetched(document, server, Map.of("bearer-token-file", token)))
                    .isTrue();
            assertThat(sent(server, "Authorization"))
                    .containsExactly(document == Document.INTROSPECTION ? "null" : "Bearer of-this-pod");
        }
    }

    @ParameterizedTest
    @EnumSource
    void mayComeThroughAProxy(Document document) throws IOException {
        try (DocumentServer server = secure(false);
                TunnellingProxy proxy = new TunnellingProxy()) {
            assertThat(isFetched(document, server, Map.of("ca-file", caFile, "proxy", proxy.hostAndPort())))
                    .isTrue();
            assertThat(proxy.tunnels()).contains(server.address().getAuthority());
        }
    }

    @ParameterizedTest
    @EnumSource
    void mayBeCompressed(Document document) {
        try (DocumentServer server = DocumentServer.plain().sending(DocumentServer.Form.GZIP)) {
            assertThat(isFetched(document, server, Map.of())).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void mayBeginWithAByteOrderMark(Document document) {
        try (DocumentServer server = DocumentServer.plain().sending(DocumentServer.Form.MARKED)) {
            assertThat(isFetched(document, server, Map.of())).isTrue();
        }
    }

    /** RFC 9110 §15.4: a request with a token in its body is not sent anywhere else. */
    @ParameterizedTest
    @EnumSource
    void mayBeRedirectedWithinTheOriginUnlessATokenIsSent(Document document) {
        try (DocumentServer server = DocumentServer.plain().sending(DocumentServer.Form.REDIRECTED)) {
            assertThat(isFetched(document, server, Map.of())).isEqualTo(document != Document.INTROSPECTION);
        }
    }
}

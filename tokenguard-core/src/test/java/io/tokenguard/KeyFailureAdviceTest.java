package io.tokenguard;

import static io.tokenguard.GuardedIssuer.bearing;
import static io.tokenguard.GuardedIssuer.reasonOf;
import static io.tokenguard.TrustedIssuer.Connection.usual;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.Decision;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.testkit.Fault;
import io.tokenguard.testkit.TestCertificate;
import io.tokenguard.testkit.TestEndpoint;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A failed load names the address, what was found, and the setting that would help. */
class KeyFailureAdviceTest {
    private static final TestCertificate AUTHORITY = TestCertificate.selfSigned("authority");
    private static final URI UNREACHED = URI.create("https://127.0.0.1:1/jwks");

    @TempDir
    private static Path folder;

    private final KeyDrill drill = KeyDrill.addressed();

    private static Path pem(TestCertificate certificate) {
        try {
            return Files.writeString(Files.createTempFile(folder, "ca", ".pem"), certificate.pem());
        } catch (IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
    }

    private String failure(UnaryOperator<TrustedIssuerBuilder> settings) {
        try (TokenGuard guard = drill.describe(settings).build()) {
            assertThat(reasonOf(guard.decide(bearing(drill.issuer.token().sign()))))
                    .isEqualTo(RefusalReason.KEYS_UNAVAILABLE);
            KeyDrill.settle(guard);
            return guard.health().issuers().get(0).lastFailure().orElseThrow();
        }
    }

    private String failureAt(Fault fault) {
        drill.answer(fault);
        return failure(issuer -> issuer.keysFrom(drill.issuer.jwksUri()));
    }

    private String failureOfMetadata(Fault fault) {
        drill.issuer.on(TestEndpoint.OIDC_DISCOVERY).answer(fault);
        return failure(issuer -> issuer);
    }

    private String metadataAddress() {
        return drill.issuer.issuer() + "/.well-known/openid-configuration";
    }

    @Test
    void aClientCertificateIsMissing() {
        try (DocumentServer server =
                DocumentServer.overTlsForClients(AUTHORITY.issue("server").sslContext(AUTHORITY.certificate()))) {
            URI keys = server.put("/jwks", drill.issuer.jwksJson());
            assertThat(failure(issuer -> issuer.keysFrom(keys).connection(usual().caFile(pem(AUTHORITY)))))
                    .contains(", at " + keys, "set tokenguard.jwks.client-key-store")
                    .doesNotContain("ca-file");
        }
    }

    @Test
    void theSetAuthorityDoesNotCertifyTheServer() {
        try (DocumentServer server =
                DocumentServer.overTls(AUTHORITY.issue("server").sslContext(AUTHORITY.certificate()))) {
            URI keys = server.put("/jwks", drill.issuer.jwksJson());
            Path other = pem(TestCertificate.selfSigned("other"));
            assertThat(failure(issuer -> issuer.keysFrom(keys).connection(usual().caFile(other))))
                    .startsWith("TLS failed: no trusted authority certifies the server's certificate, at " + keys)
                    .contains("tokenguard.jwks.ca-file is set, and what it holds does not certify this server");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"x\"\r\n', 407",
        "'403 Forbidden\r\n', 403",
        "'502 Bad Gateway\r\n', 502"
    })
    void theProxyOpensNoTunnel(String answer, int status) throws IOException {
        try (AnsweringServer proxy = new AnsweringServer(answer)) {
            assertThat(failure(issuer -> issuer.keysFrom(UNREACHED).connection(usual().proxy(proxy.hostAndPort()))))
                    .startsWith("the proxy answered with status " + status + ", at " + UNREACHED
                            + ", through the proxy " + proxy.hostAndPort() + " (tokenguard.jwks.proxy); ")
                    .contains("correct tokenguard.jwks.proxy");
        }
    }

    @Test
    void nothingListensAtTheSetProxy() {
        assertThat(failure(issuer -> issuer.keysFrom(UNREACHED).connection(usual().proxy("127.0.0.1:1"))))
                .startsWith(
                        "can't connect, at " + UNREACHED + ", through the proxy 127.0.0.1:1 (tokenguard.jwks.proxy)")
                .contains("check that the proxy runs", "correct tokenguard.jwks.proxy")
                .doesNotContain("if a proxy is needed");
    }

    @Test
    void nothingListensAtTheProxyOfTheProcess() {
        System.setProperty("https.proxyHost", "127.0.0.1");
        System.setProperty("https.proxyPort", "1");
        try {
            assertThat(failure(issuer -> issuer.keysFrom(URI.create("https://keys.invalid/jwks"))))
                    .contains("the proxy 127.0.0.1:1 (system property https.proxyHost)", "set tokenguard.jwks.proxy");
        } finally {
            System.clearProperty("https.proxyHost");
            System.clearProperty("https.proxyPort");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "400, 'status 400, text/html', 'set the right address in tokenguard.jwks-uri or tokenguard.metadata-uri'",
        "401, 'status 401, text/html', 'set tokenguard.jwks.bearer-token-file, tokenguard.jwks.client-key-store'",
        "404, 'status 404, text/html', 'set the right address in tokenguard.jwks-uri or tokenguard.metadata-uri'",
        "405, 'status 405, text/html', 'set the right address in tokenguard.jwks-uri or tokenguard.metadata-uri'"
    })
    void theServerAnswersWithAnotherStatus(int status, String found, String advice) {
        assertThat(failureAt(Fault.status(status).header("Content-Type", "text/html")))
                .startsWith(found + ", at " + drill.issuer.jwksUri() + "; ")
                .contains(advice);
    }

    @Test
    void theSentTokenIsRefused() throws IOException {
        Path token = Files.writeString(folder.resolve("sent"), "of-ours");
        drill.answer(Fault.status(401));
        assertThat(failure(
                        issuer -> issuer.keysFrom(drill.issuer.jwksUri()).connection(usual().bearerTokenFile(token))))
                .contains("; tokenguard.jwks.bearer-token-file was sent and refused")
                .doesNotContain("of-ours", "set tokenguard.jwks.bearer-token-file");
    }

    @Test
    void theTokenIsNotSentToAHostThatIsNotConfigured() throws IOException {
        Path token = Files.writeString(folder.resolve("withheld"), "of-ours");
        String host = drill.issuer.jwksUri().getHost().equals("localhost") ? "127.0.0.1" : "localhost";
        URI keys = URI.create("http://" + host + ":" + drill.issuer.jwksUri().getPort()
                + drill.issuer.jwksUri().getPath());
        drill.issuer
                .on(TestEndpoint.OIDC_DISCOVERY)
                .answer(Fault.body("{\"issuer\":\"" + drill.issuer.issuer() + "\",\"jwks_uri\":\"" + keys + "\"}"));
        drill.answer(Fault.status(401));
        assertThat(failure(issuer -> issuer.connection(usual().bearerTokenFile(token))))
                .contains(
                        "tokenguard.jwks.bearer-token-file was not sent",
                        "does not name the host " + host,
                        "set tokenguard.jwks-uri");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"issuer\":\"https://other.example\"}", "{\"issuer\":\"%s\"}", "<html>"})
    void theMetadataAreUnusable(String pattern) {
        assertThat(failureOfMetadata(Fault.body(pattern.replace("%s", drill.issuer.issuer()))))
                .startsWith("metadata ")
                .contains(", at " + metadataAddress() + "; set ", "tokenguard.jwks-uri");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"issuer\":\"https://as.example\",\"jwks_uri\":\"https://as.example/jwks\"}", "<html>"})
    void theKeyAddressHasNoKeySet(String document) {
        assertThat(failureAt(Fault.body(document)))
                .startsWith("not a key set")
                .contains(
                        ", at " + drill.issuer.jwksUri(),
                        "set tokenguard.jwks-uri to the address of a key set",
                        "tokenguard.metadata-uri");
    }

    @Test
    void noWellKnownAddressHasMetadata() {
        for (TestEndpoint endpoint : TestEndpoint.values()) {
            drill.issuer.on(endpoint).answer(Fault.status(404));
        }
        assertThat(failure(issuer -> issuer))
                .startsWith("status 404")
                .contains(
                        ", at " + metadataAddress() + ", and at none of the 3 other well-known addresses",
                        "set the right address in tokenguard.jwks-uri or tokenguard.metadata-uri");
    }

    @Test
    void theRefusalHasTheAdviceAsHint() {
        drill.answer(Fault.status(404));
        try (TokenGuard guard = drill.describe(issuer -> issuer.keysFrom(drill.issuer.jwksUri()))
                .build()) {
            Decision decision = guard.decide(bearing(drill.issuer.token().sign()));
            assertThat(decision).isInstanceOfSatisfying(Decision.Refused.class, refused -> {
                assertThat(refused.refusal().hint()).startsWith("set the right address in tokenguard.jwks-uri");
                assertThat(refused.refusal().settings())
                        .containsExactly("tokenguard.jwks-uri", "tokenguard.metadata-uri");
            });
        }
    }

    @AfterEach
    void stop() {
        drill.close();
    }
}

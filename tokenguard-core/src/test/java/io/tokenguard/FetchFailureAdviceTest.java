package io.tokenguard;

import static io.tokenguard.FiledIssuer.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.Refusal;
import io.tokenguard.config.ClientAuthentication;
import io.tokenguard.config.Introspection;
import io.tokenguard.testkit.Fault;
import io.tokenguard.testkit.TestCertificate;
import io.tokenguard.testkit.TestEndpoint;
import io.tokenguard.testkit.TestIssuer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Failed introspection and failed status lists name the address, what was found, and settings by their full names. */
class FetchFailureAdviceTest {
    private static final URI UNREACHED = URI.create("http://127.0.0.1:1/introspect");

    @TempDir
    private Path folder;

    private FiledIssuer api;
    private TestIssuer issuer;

    @BeforeEach
    void start() throws IOException {
        api = new FiledIssuer("tokenguard.issuers.main.", folder);
        issuer = api.issuer;
    }

    @AfterEach
    void stop() {
        api.close();
    }

    private TokenGuard introspectingAt(URI endpoint) {
        return api.set("introspection.uri", endpoint)
                .set("introspection.client-auth", "none")
                .set("introspection.timeout", "5s")
                .guard();
    }

    @ParameterizedTest
    @CsvSource({
        "302, 'set the final address in tokenguard.issuers.main.introspection.uri'",
        "401, 'correct tokenguard.issuers.main.introspection.client-id and what authenticates it'",
        "404, 'set the right address in tokenguard.issuers.main.introspection.uri'",
        "429, 'raise the limit there, or tokenguard.issuers.main.introspection.cache-ttl here'"
    })
    void theEndpointAnswersWithAnotherStatus(int status, String advice) {
        issuer.on(TestEndpoint.INTROSPECTION).answer(Fault.status(status));
        try (TokenGuard guard = introspectingAt(issuer.introspectionUri())) {
            Refusal refused = refusal(guard, issuer.introspection().opaque());
            assertThat(refused.found())
                    .startsWith("no answer: status " + status)
                    .contains(", at " + issuer.introspectionUri());
            assertThat(refused.hint()).contains(advice);
            assertThat(refused.settings())
                    .isNotEmpty()
                    .allMatch(setting -> setting.startsWith("tokenguard.issuers.main.introspection."));
            assertThat(guard.health().introspection().get(0).lastFailure().orElseThrow())
                    .contains(", at " + issuer.introspectionUri(), advice);
        }
    }

    @Test
    void theClientIsRejectedByAStatus400() {
        issuer.on(TestEndpoint.INTROSPECTION).answer(Fault.status(400).body("{\"error\":\"invalid_client\"}"));
        try (TokenGuard guard = introspectingAt(issuer.introspectionUri())) {
            assertThat(refusal(guard, issuer.introspection().opaque()).hint())
                    .contains("correct tokenguard.issuers.main.introspection.client-id");
            assertThat(guard.health().introspection().get(0).refusesUs()).isTrue();
        }
    }

    @Test
    void nothingListensAtTheEndpoint() {
        try (TokenGuard guard = introspectingAt(UNREACHED)) {
            Refusal refused = refusal(guard, issuer.introspection().opaque());
            assertThat(refused.found()).isEqualTo("no answer: can't connect, at " + UNREACHED);
            assertThat(refused.hint()).contains("set tokenguard.issuers.main.jwks.proxy if a proxy is needed");
        }
    }

    /** The connection of the client authentication replaces the one of the jwks settings. */
    @Test
    void noAuthorityThatAClientCertificateTrustsCertifiesTheServer() throws IOException {
        TestCertificate authority = TestCertificate.selfSigned("authority");
        Path keyStore = Files.write(
                folder.resolve("client.p12"), authority.issue("client").pkcs12("of-a-test"));
        try (DocumentServer server =
                DocumentServer.overTls(authority.issue("server").sslContext(authority.certificate()))) {
            api.set("introspection.uri", server.address())
                    .set("introspection.client-id", "api")
                    .set("introspection.client-key-store", keyStore)
                    .set("introspection.client-key-store-password", "of-a-test")
                    .set("introspection.timeout", "5s");
            try (TokenGuard guard = api.guard()) {
                assertThat(refusal(guard, issuer.introspection().opaque()).hint())
                        .contains("add the authority of the server to those of the platform, which"
                                + " tokenguard.issuers.main.introspection.client-key-store uses")
                        .doesNotContain("jwks.");
            }
        }
    }

    @Test
    void theServerDoesNotAcceptTheClientCertificate() throws Exception {
        TestCertificate authority = TestCertificate.selfSigned("authority");
        try (DocumentServer server = DocumentServer.overTlsForClients(
                        authority.issue("server").sslContext(authority.certificate()));
                TokenGuard guard = TokenGuard.builder()
                        .issuer(GuardedIssuer.trusted(issuer)
                                .introspection(Introspection.at(
                                                server.address(),
                                                ClientAuthentication.certificate(
                                                        "api",
                                                        TestCertificate.anonymousContext(authority.certificate())))
                                        .timeout(Duration.ofSeconds(5)))
                                .build())
                        .route("/orders authenticated")
                        .build()) {
            assertThat(refusal(guard, issuer.introspection().opaque()).hint())
                    .contains("client certificate of tokenguard.introspection.client-key-store");
        }
    }

    @Test
    void aStoppedCallNamesTheLastFailure() {
        try (TokenGuard guard = introspectingAt(UNREACHED)) {
            for (int i = 0; i < 20; i++) {
                refusal(guard, issuer.introspection().opaque());
            }
            Refusal refused = refusal(guard, issuer.introspection().opaque());
            assertThat(refused.detail()).isEqualTo("calls are stopped after failures");
            assertThat(refused.found()).contains("the last failure was: can't connect, at " + UNREACHED);
        }
    }

    @ParameterizedTest
    @CsvSource({"404, 'no setting changes it'", "500, ''"})
    void aStatusListCannotBeLoaded(int status, String advice) {
        try (DocumentServer server = DocumentServer.plain()) {
            api.setForApi("tokenguard.status-list.uris", server.address().toString());
            String list = server.fail("/list", status).toString();
            String token = issuer.token()
                    .claim("status", Map.of("status_list", Map.of("idx", 0, "uri", list)))
                    .sign();
            try (TokenGuard guard = api.guard()) {
                Refusal refused = refusal(guard, token);
                assertThat(refused.found()).isEqualTo("no status list: status " + status + ", at " + list);
                assertThat(refused.hint()).contains(advice);
            }
        }
    }
}

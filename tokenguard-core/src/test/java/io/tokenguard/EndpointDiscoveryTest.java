package io.tokenguard;

import static io.tokenguard.FiledIssuer.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.Refusal;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.testkit.Fault;
import io.tokenguard.testkit.TestEndpoint;
import io.tokenguard.testkit.TestIssuer;
import io.tokenguard.testkit.TestJson;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The address of the introspection endpoint comes from the issuer's metadata. */
class EndpointDiscoveryTest {
    @TempDir
    private Path folder;

    private FiledIssuer api;
    private TestIssuer issuer;

    @BeforeEach
    void start() throws IOException {
        api = new FiledIssuer("tokenguard.", folder)
                .set("dialect", "generic")
                .set("introspection.client-id", "api")
                .set("introspection.client-secret", "secret-secret-secret-secret-secret")
                .set("introspection.timeout", "5s");
        issuer = api.issuer;
    }

    @AfterEach
    void stop() {
        api.close();
    }

    private TokenGuard failingWith(int status) {
        issuer.on(TestEndpoint.OIDC_DISCOVERY).answer(Fault.status(status));
        issuer.on(TestEndpoint.OAUTH_DISCOVERY).answer(Fault.status(status));
        return api.guard();
    }

    private TokenGuard discovering(DocumentServer server, String endpoint) {
        String members = TestJson.write(Map.of("issuer", issuer.issuer(), "introspection_endpoint", endpoint));
        return api.set("metadata-uri", server.put("/metadata", members))
                .set("jwks.headers", "X-Key: ours")
                .guard();
    }

    private static String at(String host, URI endpoint) {
        return "http://" + host + ":" + endpoint.getPort() + endpoint.getPath();
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 413, 414, 429, 500})
    void aFailureSaysNothingAboutTheTokenNorTheCredentials(int status) {
        try (TokenGuard guard = failingWith(status)) {
            Refusal refused = refusal(guard, issuer.introspection().opaque());
            assertThat(refused.reason()).isEqualTo(RefusalReason.INTROSPECTION_UNAVAILABLE);
            assertThat(refused.found()).startsWith("no answer: its address is not known: ");
            assertThat(issuer.requests(TestEndpoint.INTROSPECTION)).isZero();
            assertThat(guard.health().introspection().get(0).refusesUs()).isFalse();
        }
    }

    @Test
    void isNotRepeatedForEachTokenThatIsMadeUp() {
        try (TokenGuard guard = failingWith(404)) {
            for (int i = 0; i < 50; i++) {
                Refusal unused = refusal(guard, "made-up-token-" + i);
            }
            assertThat(issuer.requests(TestEndpoint.OIDC_DISCOVERY) + issuer.requests(TestEndpoint.OAUTH_DISCOVERY))
                    .isLessThan(20);
        }
    }

    /** Metadata may lead anywhere: what is secret goes to hosts that the configuration names. */
    @ParameterizedTest
    @CsvSource({"localhost, false", "127.0.0.1, true"})
    void headerFieldsGoToHostsOnlyThatTheConfigurationNames(String host, boolean isSent) {
        try (DocumentServer server = DocumentServer.plain();
                TokenGuard guard = discovering(server, at(host, server.put("/introspect", "{\"active\":false}")))) {
            assertThat(refusal(guard, "made-up-token").reason()).isEqualTo(RefusalReason.TOKEN_INACTIVE);
            assertThat(server.requests()).hasSize(2);
            assertThat(server.requests().get(0).getFirst("X-Key")).isEqualTo("ours");
            assertThat(server.requests().get(1).containsKey("X-Key")).isEqualTo(isSent);
        }
    }

    @Test
    void theAdviceNamesTheHeaderFieldsThatWereNotSent() {
        try (DocumentServer server = DocumentServer.plain();
                TokenGuard guard = discovering(server, at("localhost", server.fail("/introspect", 401)))) {
            assertThat(refusal(guard, "made-up-token").hint())
                    .contains(
                            "tokenguard.jwks.headers was not sent, because the configuration does not name the host"
                                    + " localhost",
                            "set tokenguard.introspection.uri to this address",
                            "; else correct tokenguard.introspection.client-id");
        }
    }

    /** A query may hold a secret. */
    @ParameterizedTest
    @ValueSource(strings = {"ftp://as.example/introspect?key=hidden", "https://as.example/a b?key=hidden"})
    void aRefusedAddressIsShownWithoutItsQuery(String endpoint) {
        try (DocumentServer server = DocumentServer.plain();
                TokenGuard guard = discovering(server, endpoint)) {
            assertThat(refusal(guard, "made-up-token").found())
                    .contains("address: found " + endpoint.substring(0, endpoint.indexOf('?')))
                    .doesNotContain("hidden");
        }
    }
}

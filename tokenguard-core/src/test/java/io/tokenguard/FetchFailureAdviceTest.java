package io.tokenguard;

import static io.tokenguard.GuardedIssuer.bearing;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.Decision;
import io.tokenguard.access.Refusal;
import io.tokenguard.testkit.Fault;
import io.tokenguard.testkit.TestEndpoint;
import io.tokenguard.testkit.TestIssuer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
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

    private final TestIssuer issuer = TestIssuer.start();

    @TempDir
    private Path folder;

    private Map<String, String> properties;

    @BeforeEach
    void write() throws IOException {
        Path keys = Files.writeString(folder.resolve("keys.json"), issuer.jwksJson());
        properties = new HashMap<>(Map.of(
                "tokenguard.issuers.main.issuer-uri",
                issuer.issuer(),
                "tokenguard.issuers.main.audiences",
                GuardedIssuer.AUDIENCE,
                "tokenguard.issuers.main.jwks-file",
                keys.toString(),
                "tokenguard.routes.orders",
                "/orders authenticated"));
    }

    @AfterEach
    void stop() {
        issuer.close();
    }

    private TokenGuard introspectingAt(URI endpoint) {
        properties.put("tokenguard.issuers.main.introspection.uri", endpoint.toString());
        properties.put("tokenguard.issuers.main.introspection.client-auth", "none");
        properties.put("tokenguard.issuers.main.introspection.timeout", "5s");
        return GuardProperties.of(properties).toBuilder().build();
    }

    private static Refusal refusal(TokenGuard guard, String token) {
        return ((Decision.Refused) guard.decide(bearing(token))).refusal();
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
            properties.put("tokenguard.status-list.uris", server.address().toString());
            String list = server.fail("/list", status).toString();
            String token = issuer.token()
                    .claim("status", Map.of("status_list", Map.of("idx", 0, "uri", list)))
                    .sign();
            try (TokenGuard guard = GuardProperties.of(properties).toBuilder().build()) {
                Refusal refused = refusal(guard, token);
                assertThat(refused.found()).isEqualTo("no status list: status " + status + ", at " + list);
                assertThat(refused.hint()).contains(advice);
            }
        }
    }
}

package io.tokenguard.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RecordingTest {
    private final Web web = new Web();
    private final TestIssuer issuer = TestIssuer.builder().keys(KnownKeys.EC).start();

    @AfterEach
    void close() {
        issuer.close();
    }

    @Test
    void countsEachEndpointByItself() throws Exception {
        web.get(issuer.jwksUri());
        web.get(issuer.jwksUri());
        web.get(issuer.oidcDiscoveryUri());

        assertThat(issuer.requests(TestEndpoint.JWKS)).isEqualTo(2);
        assertThat(issuer.requests(TestEndpoint.OIDC_DISCOVERY)).isEqualTo(1);
        assertThat(issuer.requests(TestEndpoint.OAUTH_DISCOVERY)).isZero();
    }

    @Test
    void countsAlsoRequestsThatFail() throws Exception {
        issuer.on(TestEndpoint.JWKS).answer(Fault.status(500));
        web.get(issuer.jwksUri());
        web.send("DELETE", issuer.jwksUri());

        assertThat(issuer.requests(TestEndpoint.JWKS)).isEqualTo(2);
    }

    @Test
    void countsNothingOutsideItsEndpoints() throws Exception {
        web.get(URI.create(issuer.issuer() + "/elsewhere"));

        assertThat(TestEndpoint.values()).allMatch(endpoint -> issuer.requests(endpoint) == 0);
    }

    @Test
    void recordsMethodPathAndHeaders() throws Exception {
        web.client()
                .send(
                        Web.request("HEAD", URI.create(issuer.jwksUri() + "?a=%20b"))
                                .header("X-Test", "one")
                                .header("X-Test", "two")
                                .build(),
                        BodyHandlers.discarding());

        RecordedRequest request = issuer.recorded(TestEndpoint.JWKS).get(0);
        assertThat(request.method()).isEqualTo("HEAD");
        assertThat(request.path()).isEqualTo("/jwks?a=%20b");
        assertThat(request.headers().get("x-TEST")).containsExactly("one", "two");
        assertThat(request.header("X-TEST")).hasValue("one");
        assertThat(request.header("Accept-Encoding")).isEmpty();
    }

    @Test
    void remembersTheLastThousandAndCountsAll() throws Exception {
        for (int i = 0; i < 1005; i++) {
            web.get(URI.create(issuer.jwksUri() + "?" + i));
        }

        List<RecordedRequest> recorded = issuer.recorded(TestEndpoint.JWKS);
        assertThat(issuer.requests(TestEndpoint.JWKS)).isEqualTo(1005);
        assertThat(recorded).hasSize(1000);
        assertThat(recorded.get(0).path()).isEqualTo("/jwks?5");
        assertThat(recorded.get(999).path()).isEqualTo("/jwks?1004");
    }

    @Test
    void forgetsOnRequest() throws Exception {
        web.get(issuer.jwksUri());
        web.get(issuer.oauthDiscoveryUri());
        issuer.resetRequests();

        assertThat(TestEndpoint.values())
                .allMatch(endpoint -> issuer.requests(endpoint) == 0)
                .allMatch(endpoint -> issuer.recorded(endpoint).isEmpty());
    }

    @Test
    void countsOnAcrossAnOutage() throws Exception {
        web.get(issuer.jwksUri());
        issuer.goDown();
        issuer.comeBack();
        web.get(issuer.jwksUri());

        assertThat(issuer.requests(TestEndpoint.JWKS)).isEqualTo(2);
    }

    @Test
    void recordsShowNoHeaderValuesAsText() {
        assertThat(new RecordedRequest("GET", "/jwks", Map.of("Authorization", List.of("Basic secret")), "secret"))
                .hasToString("GET /jwks [Authorization]");
    }

    @Test
    void recordsCannotBeChanged() {
        RecordedRequest request = new RecordedRequest("GET", "/", Map.of("A", List.of("b")), "");

        assertThatThrownBy(() -> request.headers().clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> request.headers().get("a").clear()).isInstanceOf(UnsupportedOperationException.class);
    }
}

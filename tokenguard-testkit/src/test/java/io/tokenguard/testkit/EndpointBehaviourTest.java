package io.tokenguard.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EndpointBehaviourTest {
    private final Web web = new Web();
    private final TestIssuer issuer = TestIssuer.builder().keys(KnownKeys.EC).start();
    private final EndpointBehaviour jwks = issuer.on(TestEndpoint.JWKS);

    @AfterEach
    void close() {
        issuer.close();
    }

    @ParameterizedTest
    @EnumSource
    void spoilsItsEndpointOnly(TestEndpoint endpoint) throws Exception {
        issuer.on(endpoint).answer(Fault.status(500));

        assertThat(web.get(issuer.jwksUri()).statusCode()).isEqualTo(endpoint == TestEndpoint.JWKS ? 500 : 200);
        assertThat(web.get(issuer.oidcDiscoveryUri()).statusCode())
                .isEqualTo(endpoint == TestEndpoint.OIDC_DISCOVERY ? 500 : 200);
        assertThat(web.get(issuer.oauthDiscoveryUri()).statusCode())
                .isEqualTo(endpoint == TestEndpoint.OAUTH_DISCOVERY ? 500 : 200);
    }

    @Test
    void spoilsUntilHealed() throws Exception {
        jwks.answer(Fault.status(500));
        assertThat(fetch().statusCode()).isEqualTo(500);
        assertThat(fetch().statusCode()).isEqualTo(500);
        jwks.heal();

        assertThat(fetch().statusCode()).isEqualTo(200);
    }

    @Test
    void spoilsSoManyRequestsAndNoMore() throws Exception {
        jwks.answerTimes(2, Fault.status(500));

        assertThat(fetch().statusCode()).isEqualTo(500);
        assertThat(fetch().statusCode()).isEqualTo(500);
        assertThat(fetch().statusCode()).isEqualTo(200);
        assertThat(fetch().statusCode()).isEqualTo(200);
    }

    @Test
    void spoilsExactlySoManyOfManyAtOnce() {
        jwks.answerTimes(30, Fault.status(500));
        List<CompletableFuture<Integer>> statuses =
                Stream.generate(this::statusLater).limit(100).toList();

        assertThat(statuses.stream().map(CompletableFuture::join).filter(status -> status == 500))
                .hasSize(30);
        assertThat(issuer.requests(TestEndpoint.JWKS)).isEqualTo(100);
    }

    private CompletableFuture<Integer> statusLater() {
        return web.client()
                .sendAsync(Web.request("GET", issuer.jwksUri()).build(), BodyHandlers.discarding())
                .thenApply(HttpResponse::statusCode);
    }

    @Test
    void spoilsNoMethodThatIsNotAllowed() throws Exception {
        jwks.answerTimes(1, Fault.status(500));

        assertThat(web.send("POST", issuer.jwksUri()).statusCode()).isEqualTo(405);
        assertThat(fetch().statusCode()).isEqualTo(500);
    }

    @Test
    void spoilsAtLeastOneRequest() {
        assertThatThrownBy(() -> jwks.answerTimes(0, Fault.hang())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void replacesTheFormerFault() throws Exception {
        jwks.answerTimes(5, Fault.status(500));
        jwks.answer(Fault.status(503));

        assertThat(fetch().statusCode()).isEqualTo(503);
    }

    @Test
    void isHealedWithTheIssuer() throws Exception {
        for (TestEndpoint endpoint : TestEndpoint.values()) {
            issuer.on(endpoint).answer(Fault.status(500));
        }
        issuer.heal();

        assertThat(web.get(issuer.jwksUri()).statusCode()).isEqualTo(200);
        assertThat(web.get(issuer.oidcDiscoveryUri()).statusCode()).isEqualTo(200);
        assertThat(web.get(issuer.oauthDiscoveryUri()).statusCode()).isEqualTo(200);
    }

    private HttpResponse<String> fetch() throws IOException, InterruptedException {
        return web.get(issuer.jwksUri());
    }
}

package io.tokenguard.downstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenguard.TokenGuard;
import io.tokenguard.testkit.Fault;
import io.tokenguard.testkit.TestClient;
import io.tokenguard.testkit.TestEndpoint;
import io.tokenguard.testkit.TestIssuer;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.client.ClientBuilder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;

/** Each client sends the token to the destination, and not to where that redirects. */
class RelayAdaptersTest {
    private final TestIssuer issuer = TestIssuer.builder()
            .audience("outer")
            .clients(TestClient.named("outer").secret(Settings.SECRET))
            .start();
    private final RedirectingService inner = new RedirectingService();
    private final TokenGuard guard =
            GuardedService.guard(issuer, "outer", Settings.requesting(inner.address(), "exchange"));
    private final TokenRelay relay = TokenRelay.of(guard);
    private Optional<Caller> caller = Optional.empty();

    @BeforeEach
    void accept() throws Exception {
        String token = issuer.token().sign();
        caller = Optional.of(Caller.of(guard.validate(token), token));
    }

    @AfterEach
    void stop() {
        guard.close();
        inner.close();
        issuer.close();
    }

    private void assertSentOnlyToTheDestination() {
        assertThat(inner.atFirst)
                .singleElement()
                .satisfies(field -> assertThat(field.orElse(""))
                        .startsWith("Bearer ey")
                        .doesNotContain(caller.orElseThrow().text()));
        assertThat(inner.atOther).isEmpty();
    }

    @Test
    void theClientOfTheJdk() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(inner.address())
                .header("Authorization", "Bearer of-the-application")
                .build();
        HttpResponse<Void> answer = RelayHttpClient.of(relay, GuardedService.CLIENT)
                .send(request, HttpResponse.BodyHandlers.discarding(), caller);
        assertThat(answer.statusCode()).isEqualTo(302);
        assertSentOnlyToTheDestination();
    }

    @Test
    void theClientOfJakartaRest() {
        try (Client client = ClientBuilder.newClient().register(new RelayClientFilter(relay, () -> caller))) {
            assertThat(client.target(inner.address()).request().get().getStatus())
                    .isEqualTo(302);
        }
        assertSentOnlyToTheDestination();
    }

    @Test
    void theRestClientOfSpring() {
        RestClient client = RestClient.builder()
                .requestFactory(new JdkClientHttpRequestFactory(GuardedService.CLIENT))
                .requestInterceptor(new RelayInterceptor(relay, () -> caller))
                .build();
        assertThat(client.get()
                        .uri(inner.address())
                        .retrieve()
                        .toBodilessEntity()
                        .getStatusCode()
                        .value())
                .isEqualTo(302);
        assertSentOnlyToTheDestination();
    }

    @Test
    void nothingIsSentIfThereIsNoToken() {
        issuer.on(TestEndpoint.TOKEN).answer(Fault.status(400).body("{\"error\":\"invalid_target\"}"));
        try (Client client = ClientBuilder.newClient().register(new RelayClientFilter(relay, () -> caller))) {
            assertThatThrownBy(() -> client.target(inner.address()).request().get())
                    .isInstanceOf(ProcessingException.class)
                    .hasCauseInstanceOf(RelayException.class);
        }
        RestClient spring = RestClient.builder()
                .requestInterceptor(new RelayInterceptor(relay, () -> caller))
                .build();
        assertThatThrownBy(() -> spring.get().uri(inner.address()).retrieve().toBodilessEntity())
                .isInstanceOf(ResourceAccessException.class)
                .hasCauseInstanceOf(RelayException.class);
        assertThat(inner.atFirst).isEmpty();
    }

    @Test
    void requestsElsewhereStayAsTheyAre() throws Exception {
        try (RedirectingService elsewhere = new RedirectingService();
                Client client = ClientBuilder.newClient().register(new RelayClientFilter(relay, () -> caller))) {
            client.target(elsewhere.address()).request().get().close();
            RelayHttpClient.of(relay, GuardedService.CLIENT)
                    .send(
                            HttpRequest.newBuilder(elsewhere.address()).build(),
                            HttpResponse.BodyHandlers.discarding(),
                            caller);
            assertThat(elsewhere.atFirst).hasSize(2).allMatch(Optional::isEmpty);
        }
    }
}

package io.tokenguard.downstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenguard.GuardProperties;
import io.tokenguard.TokenGuard;
import io.tokenguard.access.AccessToken;
import io.tokenguard.access.Revocation;
import io.tokenguard.downstream.RelayException.Reason;
import io.tokenguard.testkit.RecordedRequest;
import io.tokenguard.testkit.TestClient;
import io.tokenguard.testkit.TestEndpoint;
import io.tokenguard.testkit.TestIssuer;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An outer API calls an inner one, over HTTP, with tokens of a token endpoint. RFC 8693, RFC 6749 §4.4. */
class RelayTest {
    private final TestIssuer issuer = TestIssuer.builder()
            .audience("outer")
            .clients(TestClient.named("outer").secret(Settings.SECRET))
            .start();
    private final GuardedService inner = GuardedService.inner(issuer, "inner");

    @AfterEach
    void stop() {
        inner.close();
        issuer.close();
    }

    private GuardedService outer(Map<String, String> destination) {
        return GuardedService.outer(GuardedService.guard(issuer, "outer", destination), inner.address());
    }

    private Map<String, String> requesting(String token) {
        return Settings.requesting(inner.address(), token);
    }

    private String tokenOf(String user) {
        return issuer.token().subject(user).scope("read", "write").sign();
    }

    @Test
    void theCallersTokenIsExchangedForOneOfTheInnerService() {
        try (GuardedService outer = outer(requesting("exchange"))) {
            HttpResponse<String> answer = outer.get(tokenOf("alice"));
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body())
                    .contains("\"sub\":\"alice\"", "\"aud\":\"inner\"", "\"client_id\":\"outer\"")
                    .doesNotContain("\"act\"");
        }
    }

    @Test
    void twoUsersNeverGetEachOthersToken() {
        try (GuardedService outer = outer(requesting("exchange"))) {
            String alice = tokenOf("alice");
            String bob = tokenOf("bob");
            for (int i = 0; i < 3; i++) {
                assertThat(outer.get(alice).body()).contains("\"sub\":\"alice\"");
                assertThat(outer.get(bob).body()).contains("\"sub\":\"bob\"");
            }
            assertThat(issuer.requests(TestEndpoint.TOKEN)).isEqualTo(2);
        }
    }

    @Test
    void anExchangeAsksForFewerScopesWhereThatIsSet() {
        Map<String, String> settings = requesting("exchange");
        settings.put("tokenguard.downstream.inner.scopes", "read");
        try (GuardedService outer = outer(settings)) {
            assertThat(outer.get(tokenOf("alice")).body()).contains("\"scope\":\"read\"");
        }
    }

    @Test
    void anExchangedTokenNamesTheApiAsActorWhereThatIsSet() {
        Map<String, String> settings = requesting("exchange");
        settings.put("tokenguard.downstream.inner.actor", "true");
        try (GuardedService outer = outer(settings)) {
            assertThat(outer.get(tokenOf("alice")).body()).contains("\"act\":{\"sub\":\"outer\"}");
            assertThat(outer.get(tokenOf("bob")).body()).contains("\"act\":{\"sub\":\"outer\"}");
            assertThat(issuer.requests(TestEndpoint.TOKEN)).isEqualTo(3);
        }
    }

    @Test
    void theApisOwnTokenNamesNoUserAndIsSharedByAll() {
        try (GuardedService outer = outer(requesting("client-credentials"))) {
            assertThat(outer.get(tokenOf("alice")).body()).contains("\"sub\":\"outer\"", "\"aud\":\"inner\"");
            assertThat(outer.get(tokenOf("bob")).body()).contains("\"sub\":\"outer\"");
            assertThat(issuer.requests(TestEndpoint.TOKEN)).isEqualTo(1);
        }
    }

    @Test
    void theCallersOwnTokenIsPassedOnWhereThatIsSet() {
        try (GuardedService other = GuardedService.inner(issuer, "outer");
                GuardedService outer = GuardedService.outer(
                        GuardedService.guard(issuer, "outer", Settings.plain(other.address(), "expose-caller-token")),
                        other.address())) {
            assertThat(outer.get(tokenOf("alice")).body()).contains("\"sub\":\"alice\"", "\"aud\":\"outer\"");
        }
    }

    @Test
    void aBoundTokenIsNeverPassedOn() throws Exception {
        try (TokenGuard guard =
                GuardedService.guard(issuer, "outer", Settings.plain(inner.address(), "expose-caller-token"))) {
            String text = issuer.token().sign();
            AccessToken accepted = guard.validate(text);
            Map<String, Object> claims = new HashMap<>(accepted.claims());
            claims.put("cnf", Map.of("jkt", "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I"));
            AccessToken bound = accepted.toBuilder().claims(claims).build();
            assertThatThrownBy(
                            () -> TokenRelay.of(guard).tokenFor(inner.address(), Optional.of(Caller.of(bound, text))))
                    .isInstanceOfSatisfying(
                            RelayException.class,
                            none -> assertThat(none.reason()).isEqualTo(Reason.SENDER_CONSTRAINED));
        }
    }

    @Test
    void withoutASettingNothingIsAttached() {
        try (GuardedService outer = outer(Settings.plain(inner.address(), "none"))) {
            assertThat(outer.get(tokenOf("alice")).statusCode()).isEqualTo(401);
        }
        try (GuardedService outer = outer(Map.of())) {
            assertThat(outer.get(tokenOf("alice")).statusCode()).isEqualTo(401);
        }
    }

    @Test
    void aTokenThatWasRevokedSinceIsExchangedNoMore() throws Exception {
        try (TokenGuard guard = GuardedService.guard(issuer, "outer", requesting("exchange"))) {
            TokenRelay relay = TokenRelay.of(guard);
            String token = tokenOf("alice");
            Optional<Caller> caller = Optional.of(Caller.of(guard.validate(token), token));
            assertThat(relay.tokenFor(inner.address(), caller)).isPresent();
            guard.revoke(Revocation.subject(issuer.issuer(), "alice"));
            assertThatThrownBy(() -> relay.tokenFor(inner.address(), caller))
                    .isInstanceOfSatisfying(
                            RelayException.class,
                            none -> assertThat(none.reason()).isEqualTo(Reason.CALLER_REFUSED));
            assertThat(issuer.requests(TestEndpoint.TOKEN)).isEqualTo(1);
        }
    }

    @Test
    void theRequestHasTheParametersOfTheSpecification() {
        try (GuardedService outer = outer(requesting("exchange"))) {
            String token = tokenOf("alice");
            outer.get(token);
            RecordedRequest request = issuer.recorded(TestEndpoint.TOKEN).get(0);
            assertThat(request.parameter("grant_type")).contains("urn:ietf:params:oauth:grant-type:token-exchange");
            assertThat(request.parameter("subject_token")).contains(token);
            assertThat(request.parameter("subject_token_type"))
                    .contains("urn:ietf:params:oauth:token-type:access_token");
            assertThat(request.parameter("requested_token_type"))
                    .contains("urn:ietf:params:oauth:token-type:access_token");
            assertThat(request.parameter("audience")).contains("inner");
            assertThat(request.header("Authorization").orElse("")).startsWith("Basic ");
        }
    }

    @Test
    void aNewConfigurationAppliesAtOnce() throws Exception {
        try (TokenGuard guard = GuardedService.guard(issuer, "outer", requesting("client-credentials"))) {
            TokenRelay relay = TokenRelay.of(guard);
            assertThat(relay.tokenFor(inner.address(), Optional.empty())).isPresent();
            guard.reconfigure(
                    GuardProperties.of(
                            GuardedService.properties(issuer, "outer", Settings.plain(inner.address(), "none")))
                            .toBuilder());
            assertThat(relay.tokenFor(inner.address(), Optional.empty())).isEmpty();
            assertThat(relay.tokenFor(URI.create("https://elsewhere.example"), Optional.empty()))
                    .isEmpty();
        }
    }
}

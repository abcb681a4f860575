package io.tokenguard.downstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenguard.GuardProperties;
import io.tokenguard.TokenGuard;
import io.tokenguard.access.AccessToken;
import io.tokenguard.downstream.RelayException.Reason;
import io.tokenguard.testkit.Fault;
import io.tokenguard.testkit.TestClient;
import io.tokenguard.testkit.TestEndpoint;
import io.tokenguard.testkit.TestIssuer;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What must not get a token, and answers that must not be used. */
class RelayAttacksTest {
    private static final URI INNER = URI.create("https://orders.internal/v2");
    private static final String TYPE = "\"issued_token_type\":\"urn:ietf:params:oauth:token-type:access_token\"";

    private final TestIssuer issuer = TestIssuer.builder()
            .audience("outer")
            .clients(TestClient.named("outer").secret(Settings.SECRET))
            .start();

    @AfterEach
    void stop() {
        issuer.close();
    }

    private TokenGuard guard(Map<String, String> settings) {
        return GuardedService.guard(issuer, "outer", settings);
    }

    private Optional<Caller> caller(TokenGuard guard) throws Exception {
        String token = issuer.token().subject("alice").sign();
        return Optional.of(Caller.of(guard.validate(token), token));
    }

    private RelayException failure(String token, Fault fault) throws Exception {
        issuer.on(TestEndpoint.TOKEN).answer(fault);
        try (TokenGuard guard = guard(Settings.requesting(INNER, token))) {
            return failure(TokenRelay.of(guard), caller(guard));
        }
    }

    private static RelayException failure(TokenRelay relay, Optional<Caller> caller) {
        try {
            throw new AssertionError(
                    "there is a token: " + relay.tokenFor(INNER, caller).isPresent());
        } catch (RelayException none) {
            return none;
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://orders.internal.attacker.example/v2",
                "https://attacker.example/v2",
                "https://orders.internal@attacker.example/v2",
                "https://attacker@orders.internal/v2",
                "https://orders.internal./v2",
                "https://orders.internal:8443/v2",
                "http://orders.internal/v2",
                "ftp://orders.internal/v2",
                "https://orders.internal/v2x",
                "https://orders.internal/v",
                "https://orders.internal/V2",
                "https://orders.internal/",
                "https://orders.internal/v2/../admin",
                "https://orders.internal/v2/./x",
                "https://orders.internal/v2/%2e%2e/admin",
                "https://orders.internal/v2/%2E./admin",
                "https://orders.internal/v2/..%2fadmin",
                "https://orders.internal/v2/..%5Cadmin",
                "https://orders.internal/v2/%252e%252e/admin",
                "https://orders.internal/v2/..;/admin",
                "https://orders.internal//v2/x",
                "https://orders.internal/v2//x",
                "https://orders_internal/v2",
                "https:orders.internal/v2",
                "/v2"
            })
    void aLookAlikeOfTheDestinationGetsNoToken(String target) throws Exception {
        try (TokenGuard guard = guard(Settings.plain(INNER, "expose-caller-token"))) {
            assertThat(TokenRelay.of(guard).tokenFor(URI.create(target), caller(guard)))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://orders.internal/v2",
                "https://orders.internal/v2/",
                "https://orders.internal/v2/a%20b?x=/../y",
                "https://ORDERS.internal:443/v2/a",
                "HTTPS://orders.internal/v2/a#b"
            })
    void theDestinationItselfGetsOne(String target) throws Exception {
        try (TokenGuard guard = guard(Settings.plain(INNER, "expose-caller-token"))) {
            assertThat(TokenRelay.of(guard).tokenFor(URI.create(target), caller(guard)))
                    .isPresent();
        }
    }

    @Test
    void theLongestPathDecides() throws Exception {
        Map<String, String> settings = Settings.plain(URI.create("https://orders.internal"), "expose-caller-token");
        settings.put("tokenguard.downstream.public.uri", "https://orders.internal/public");
        try (TokenGuard guard = guard(settings)) {
            TokenRelay relay = TokenRelay.of(guard);
            Optional<Caller> caller = caller(guard);
            assertThat(relay.tokenFor(URI.create("https://orders.internal/public/a"), caller))
                    .isEmpty();
            assertThat(relay.tokenFor(URI.create("https://orders.internal/a"), caller))
                    .isPresent();
            assertThat(relay.tokenFor(URI.create("https://orders.internal/a/../public"), caller))
                    .isEmpty();
        }
    }

    @Test
    void aTokenOfAnotherIssuerIsNotSentToThisOne() throws Exception {
        try (TestIssuer other = TestIssuer.builder().audience("outer").start()) {
            Map<String, String> settings = new HashMap<>(Settings.requesting(INNER, "exchange"));
            settings.put("tokenguard.downstream.inner.issuer", issuer.issuer());
            settings.put("tokenguard.issuers.one.issuer-uri", issuer.issuer());
            settings.put("tokenguard.issuers.two.issuer-uri", other.issuer());
            settings.put("tokenguard.audiences", "outer");
            settings.put("tokenguard.routes.all", "/** authenticated");
            try (TokenGuard guard = GuardProperties.of(settings).toBuilder().build()) {
                guard.awaitReady(Duration.ofSeconds(10));
                String token = other.token().sign();
                Optional<Caller> caller = Optional.of(Caller.of(guard.validate(token), token));
                assertThat(failure(TokenRelay.of(guard), caller).reason()).isEqualTo(Reason.OTHER_ISSUER);
                assertThat(issuer.requests(TestEndpoint.TOKEN)).isZero();
            }
        }
    }

    @Test
    void theTextOfAnotherUsersTokenMakesNoCaller() throws Exception {
        try (TokenGuard guard = guard(Map.of())) {
            AccessToken alice = guard.validate(issuer.token().subject("alice").sign());
            String bob = issuer.token().subject("bob").sign();
            assertThatThrownBy(() -> Caller.of(alice, bob))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageNotContaining(bob);
        }
    }

    @Test
    void aCallerIsMadeOfTheFieldAsItComes() throws Exception {
        try (TokenGuard guard = guard(Settings.plain(INNER, "expose-caller-token"))) {
            String token = issuer.token().sign();
            Caller caller = Caller.of(guard.validate(token), "\tbearer \t " + token + " ");
            assertThat(TokenRelay.of(guard).tokenFor(INNER, Optional.of(caller)))
                    .contains(token);
        }
    }

    @Test
    void withoutACallerNothingIsExchanged() throws Exception {
        try (TokenGuard guard = guard(Settings.requesting(INNER, "exchange"))) {
            assertThat(failure(TokenRelay.of(guard), Optional.empty()).reason()).isEqualTo(Reason.NO_CALLER);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"access_token\":\"abc\",\"token_type\":\"Bearer\",\"expires_in\":60}|issued_token_type",
                "{\"access_token\":\"abc\",\"token_type\":\"Bearer\",\"issued_token_type\":\"urn:ietf:params:oauth:token-type:refresh_token\"}|issued_token_type",
                "{\"access_token\":\"abc\",\"token_type\":\"DPoP\",#}|token_type",
                "{\"access_token\":\"abc\",\"token_type\":\"N_A\",#}|token_type",
                "{\"access_token\":\"abc\",#}|token_type",
                "{\"token_type\":\"Bearer\",#}|access_token",
                "{\"access_token\":\"\",\"token_type\":\"Bearer\",#}|access_token",
                "{\"access_token\":\"a\\r\\nX-Role: admin\",\"token_type\":\"Bearer\",#}|access_token",
                "{\"access_token\":7,\"token_type\":\"Bearer\",#}|access_token",
                "{\"access_token\":\"abc\",\"token_type\":\"Bearer\",\"expires_in\":-1,#}|expires_in",
                "{\"access_token\":\"abc\",\"token_type\":\"Bearer\",\"expires_in\":\"60\",#}|expires_in"
            })
    void anAnswerThatIsNotWhatWasAskedForIsNotUsed(String body, String member) throws Exception {
        RelayException none = failure("exchange", Fault.body(body.replace("#", TYPE)));
        assertThat(none.reason()).isEqualTo(Reason.UNUSABLE_ANSWER);
        assertThat(none).hasMessageContaining(member).hasMessageNotContaining("abc");
    }

    @Test
    void noTextOfTheServerIsInTheMessage() throws Exception {
        RelayException none = failure(
                "exchange",
                Fault.status(400).body("{\"error\":\"<script>\",\"error_description\":\"" + Settings.SECRET + "\"}"));
        assertThat(none.reason()).isEqualTo(Reason.REFUSED);
        assertThat(none).hasMessageNotContainingAny("script", Settings.SECRET);
    }

    @Test
    void aRefusalIsNotAskedForAgainAtOnce() throws Exception {
        issuer.on(TestEndpoint.TOKEN).answer(Fault.status(400).body("{\"error\":\"invalid_target\"}"));
        try (TokenGuard guard = guard(Settings.requesting(INNER, "exchange"))) {
            TokenRelay relay = TokenRelay.of(guard);
            Optional<Caller> caller = caller(guard);
            for (int i = 0; i < 5; i++) {
                assertThat(failure(relay, caller)).hasMessageContaining("invalid_target");
            }
            assertThat(issuer.requests(TestEndpoint.TOKEN)).isEqualTo(1);
        }
    }

    @Test
    void anAnswerThatIsTooLargeOrCutIsNotUsed() throws Exception {
        assertThat(failure("exchange", Fault.oversize(1 << 20)).reason()).isEqualTo(Reason.UNAVAILABLE);
        assertThat(failure("exchange", Fault.truncated()).reason()).isEqualTo(Reason.UNAVAILABLE);
        assertThat(failure("exchange", Fault.body("[1]")).reason()).isEqualTo(Reason.UNAVAILABLE);
    }

    @Test
    void aRedirectOfTheTokenEndpointIsNotFollowed() throws Exception {
        try (TestIssuer other = TestIssuer.start()) {
            RelayException none = failure("exchange", Fault.redirectTo(other.uri(TestEndpoint.TOKEN)));
            assertThat(none.reason()).isEqualTo(Reason.UNAVAILABLE);
            assertThat(other.requests(TestEndpoint.TOKEN)).isZero();
        }
    }

    @Test
    void aSlowEndpointIsGivenUpInTime() throws Exception {
        issuer.on(TestEndpoint.TOKEN).answer(Fault.hang());
        Map<String, String> settings = Settings.requesting(INNER, "exchange");
        settings.put("tokenguard.downstream.inner.timeout", "50ms");
        try (TokenGuard guard = guard(settings)) {
            long begun = System.nanoTime();
            assertThat(failure(TokenRelay.of(guard), caller(guard)).reason()).isEqualTo(Reason.UNAVAILABLE);
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
        }
    }

    @Test
    void callsEndWhileTheEndpointFailsForManyCallers() throws Exception {
        issuer.on(TestEndpoint.TOKEN).answer(Fault.status(500));
        try (TokenGuard guard = guard(Settings.requesting(INNER, "exchange"))) {
            TokenRelay relay = TokenRelay.of(guard);
            for (int i = 0; i < 20; i++) {
                assertThat(failure(relay, caller(guard)).reason()).isEqualTo(Reason.UNAVAILABLE);
            }
            assertThat(issuer.requests(TestEndpoint.TOKEN)).isLessThan(12);
        }
    }

    @Test
    void oneCallerAloneCannotEndTheCallsOfOthers() throws Exception {
        issuer.on(TestEndpoint.TOKEN).answerTimes(10, Fault.status(500));
        try (TokenGuard guard = guard(Settings.requesting(INNER, "exchange"))) {
            TokenRelay relay = TokenRelay.of(guard);
            Optional<Caller> mallory = caller(guard);
            for (int i = 0; i < 10; i++) {
                assertThat(failure(relay, mallory).reason()).isEqualTo(Reason.UNAVAILABLE);
            }
            assertThat(relay.tokenFor(INNER, caller(guard))).isPresent();
        }
    }

    @Test
    void manyRequestsOfOneCallerMakeOneCall() throws Exception {
        issuer.on(TestEndpoint.TOKEN).answer(Fault.delay(Duration.ofMillis(200)));
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try (TokenGuard guard = guard(Settings.requesting(INNER, "exchange"))) {
            TokenRelay relay = TokenRelay.of(guard);
            Optional<Caller> caller = caller(guard);
            List<CompletableFuture<String>> all = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                all.add(CompletableFuture.supplyAsync(() -> token(relay, caller), threads));
            }
            assertThat(all.stream().map(CompletableFuture::join).distinct()).hasSize(1);
            assertThat(issuer.requests(TestEndpoint.TOKEN)).isEqualTo(1);
        } finally {
            threads.shutdownNow();
        }
    }

    private static String token(TokenRelay relay, Optional<Caller> caller) {
        try {
            return relay.tokenFor(INNER, caller).orElseThrow();
        } catch (RelayException none) {
            throw new IllegalStateException(none);
        }
    }

    @Test
    void aClientThatFollowsRedirectsIsRefused() {
        try (TokenGuard guard = guard(Map.of())) {
            HttpClient following = HttpClient.newBuilder()
                    .followRedirects(HttpClient.Redirect.NORMAL)
                    .build();
            assertThatThrownBy(() -> RelayHttpClient.of(TokenRelay.of(guard), following))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("Redirect.NEVER");
        }
    }

    @Test
    void nothingShowsATokenOrASecret() throws Exception {
        try (TokenGuard guard = guard(Settings.requesting(INNER, "exchange"))) {
            Optional<Caller> caller = caller(guard);
            String shown = guard.destinations() + " " + caller + " " + guard.tokenEndpoint("inner") + " "
                    + HeldToken.of("usable", 1, 1) + " " + new TokenAnswer.Issued("usable", 1);
            assertThat(shown)
                    .doesNotContain(
                            Settings.SECRET, "usable", caller.orElseThrow().text());
        }
    }
}

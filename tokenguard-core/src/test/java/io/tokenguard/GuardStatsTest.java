package io.tokenguard;

import static io.tokenguard.GuardedIssuer.AUDIENCE;
import static io.tokenguard.GuardedIssuer.bearing;
import static io.tokenguard.GuardedIssuer.guarding;
import static io.tokenguard.GuardedIssuer.reasonOf;
import static io.tokenguard.GuardedIssuer.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tokenguard.access.Decision;
import io.tokenguard.access.GuardStats;
import io.tokenguard.access.GuardStats.Outcomes;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import io.tokenguard.access.Revocation;
import io.tokenguard.access.SignatureAlgorithm;
import io.tokenguard.config.Introspection;
import io.tokenguard.testkit.Fault;
import io.tokenguard.testkit.TestAlgorithm;
import io.tokenguard.testkit.TestEndpoint;
import io.tokenguard.testkit.TestIssuer;
import io.tokenguard.testkit.TestIssuerExtension;
import io.tokenguard.testkit.TestKey;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a guard has counted. */
@ExtendWith(TestIssuerExtension.class)
class GuardStatsTest {
    private static final Outcomes NOTHING = new Outcomes("", 0, 0, 0, 0);

    private TestIssuer issuer;
    private TokenGuard guard;

    @BeforeEach
    void start(TestIssuer started) {
        issuer = started;
        guard = guarding(issuer)
                .route("GET,POST /reports/* scope reports:read")
                .route("/open public")
                .build();
        assertThat(guard.awaitReady(Duration.ofSeconds(10))).isTrue();
    }

    @AfterEach
    void stop() {
        guard.close();
    }

    private String token() {
        return issuer.token().subject("alice").sign();
    }

    private static Outcomes of(List<Outcomes> all, String label) {
        return all.stream()
                .filter(outcomes -> outcomes.label().equals(label))
                .findFirst()
                .orElse(NOTHING);
    }

    private Outcomes route(String label) {
        return of(guard.stats().decisions().byRoute(), label);
    }

    private Outcomes issuerNamed(String label) {
        return of(guard.stats().decisions().byIssuer(), label);
    }

    private Decision decide(String path) {
        return guard.decide(IncomingRequest.builder("GET", path)
                .overTls()
                .header("Authorization", "Bearer " + token())
                .build());
    }

    @Test
    void startAtZeroWithEveryConfiguredLabel() {
        GuardStats stats = guard.stats();
        assertThat(stats.decisions().byRoute())
                .extracting(Outcomes::label)
                .containsExactlyInAnyOrder(
                        "none", "supplied", "token", "feed", "/orders", "/open", "GET,POST /reports/*");
        assertThat(stats.decisions().byIssuer())
                .extracting(Outcomes::label)
                .containsExactlyInAnyOrder(issuer.issuer(), "other");
        assertThat(stats.decisions().refusals())
                .hasSize(RefusalReason.values().length)
                .values()
                .containsOnly(0L);
        assertThat(stats.signatures())
                .extracting(GuardStats.SignatureStats::algorithm)
                .contains(SignatureAlgorithm.ES256);
    }

    @Test
    void countDecisionsByRouteAsItIsConfigured() {
        assertThat(reasonOf(decide("/orders"))).isNull();
        assertThat(reasonOf(decide("/reports/secret-name"))).isEqualTo(RefusalReason.SCOPE_INSUFFICIENT);
        assertThat(reasonOf(decide("/nowhere"))).isEqualTo(RefusalReason.NO_MATCHING_ROUTE);
        assertThat(reasonOf(guard.decide(
                        IncomingRequest.builder("GET", "/open").overTls().build())))
                .isNull();
        assertThat(route("/orders")).isEqualTo(new Outcomes("/orders", 1, 0, 0, 0));
        assertThat(route("GET,POST /reports/*")).isEqualTo(new Outcomes("GET,POST /reports/*", 0, 1, 0, 0));
        assertThat(route("none")).isEqualTo(new Outcomes("none", 0, 1, 0, 0));
        assertThat(route("/open")).isEqualTo(new Outcomes("/open", 1, 0, 0, 0));
    }

    @Test
    void countRefusalsByReason() {
        assertThat(reasonOf(guard.decide(request().build()))).isEqualTo(RefusalReason.NO_CREDENTIALS);
        assertThat(guard.stats().decisions().refusals())
                .containsEntry(RefusalReason.NO_CREDENTIALS, 1L)
                .containsEntry(RefusalReason.EXPIRED, 0L);
        assertThat(issuerNamed(issuer.issuer())).isEqualTo(new Outcomes(issuer.issuer(), 0, 0, 0, 0));
    }

    @Test
    void countIssuersThatAreNotConfiguredAsOthers() {
        try (TestIssuer stranger = TestIssuer.start()) {
            assertThat(reasonOf(guard.decide(bearing(stranger.token().sign()))))
                    .isEqualTo(RefusalReason.ISSUER_UNKNOWN);
        }
        assertThat(issuerNamed("other")).isEqualTo(new Outcomes("other", 0, 1, 0, 0));
        assertThat(guard.stats().decisions().byIssuer()).hasSize(2);
    }

    @Test
    void countTheTenantsOfATemplateTogether() {
        try (TestIssuer tenant = TestIssuer.builder().path("/tenants/one").start()) {
            String template = tenant.issuer().replace("/one", "/*");
            try (TokenGuard tenants = TokenGuard.builder()
                    .issuer(TrustedIssuer.builder(template).audience(AUDIENCE).build())
                    .route("/orders authenticated")
                    .build()) {
                assertThat(reasonOf(tenants.decide(bearing(tenant.token().sign()))))
                        .isNull();
                GuardStats stats = tenants.stats();
                assertThat(of(stats.decisions().byIssuer(), template).granted()).isEqualTo(1);
                assertThat(stats.decisions().byIssuer()).hasSize(2);
                assertThat(stats.keyLoads())
                        .extracting(GuardStats.KeyLoadStats::issuer)
                        .containsExactly(template);
            }
        }
    }

    @Test
    void countUnavailabilityApartFromVerdicts() {
        try (TestIssuer down = TestIssuer.start()) {
            down.goDown();
            try (TokenGuard waiting = guarding(down).build()) {
                assertThat(reasonOf(waiting.decide(bearing(down.token().sign()))))
                        .isEqualTo(RefusalReason.KEYS_UNAVAILABLE);
                assertThat(of(waiting.stats().decisions().byIssuer(), down.issuer()))
                        .isEqualTo(new Outcomes(down.issuer(), 0, 0, 1, 0));
                await().untilAsserted(() ->
                        assertThat(waiting.stats().keyLoads().get(0).failed()).isPositive());
            }
        }
    }

    @Test
    void countTokensThatCameFromTheCache() {
        String token = token();
        for (int i = 0; i < 3; i++) {
            assertThat(reasonOf(guard.decide(bearing(token)))).isNull();
        }
        GuardStats.TokenCacheStats cache = guard.stats().tokenCache();
        assertThat(cache.misses()).isEqualTo(1);
        assertThat(cache.hits()).isEqualTo(2);
        assertThat(cache.entries()).isEqualTo(1);
        assertThat(cache.bytes()).isPositive().isLessThanOrEqualTo(cache.maxBytes());
    }

    @Test
    void countAndTimeSignaturesByAlgorithmAndProvider() {
        TestKey key = issuer.rotateTo(TestAlgorithm.RS256);
        assertThat(key.kid()).isNotEmpty();
        try (TokenGuard fresh = guarding(issuer).build()) {
            assertThat(reasonOf(fresh.decide(bearing(token())))).isNull();
            GuardStats.SignatureStats rsa = fresh.stats().signatures().stream()
                    .filter(signatures -> signatures.algorithm() == SignatureAlgorithm.RS256)
                    .findFirst()
                    .orElseThrow();
            assertThat(rsa.valid()).isEqualTo(1);
            assertThat(rsa.invalid()).isZero();
            assertThat(rsa.provider()).isNotEmpty();
            assertThat(rsa.timings().count()).isEqualTo(1);
            assertThat(rsa.timings().total()).isPositive();
        }
    }

    @Test
    void countLoadsOfKeys() {
        GuardStats.KeyLoadStats loads = guard.stats().keyLoads().get(0);
        assertThat(loads.issuer()).isEqualTo(issuer.issuer());
        assertThat(loads.succeeded()).isEqualTo(1);
        assertThat(loads.failed()).isZero();
    }

    @Test
    void countRevocations() {
        assertThat(guard.revoke(Revocation.subject(issuer.issuer(), "alice"))).isTrue();
        assertThat(guard.stats().state().revocations()).isEqualTo(1);
        assertThat(guard.stats().state().revocationsReceived()).isEqualTo(1);
        assertThat(guard.stats().state().revocationLag()).isEmpty();
    }

    @Test
    void countTokensWithoutARequest() throws RefusedException {
        assertThat(guard.validate(token()).subject()).contains("alice");
        assertThatThrownBy(() -> guard.validate("junk")).isInstanceOf(RefusedException.class);
        assertThat(route("token")).isEqualTo(new Outcomes("token", 1, 1, 0, 0));
    }

    @Test
    void countASecondLookAtATokenOnlyIfItRefuses() {
        Decision.Granted granted = (Decision.Granted) decide("/orders");
        var accepted = granted.accessToken().orElseThrow();
        assertThat(reasonOf(guard.decideAgain(request().build(), accepted))).isNull();
        assertThat(route("/orders")).isEqualTo(new Outcomes("/orders", 1, 0, 0, 0));
        IncomingRequest report =
                IncomingRequest.builder("GET", "/reports/1").overTls().build();
        assertThat(reasonOf(guard.decideAgain(report, accepted))).isEqualTo(RefusalReason.SCOPE_INSUFFICIENT);
        assertThat(route("GET,POST /reports/*").refused()).isEqualTo(1);
    }

    @Test
    void surviveAChangeOfTheConfiguration() {
        assertThat(reasonOf(decide("/orders"))).isNull();
        guard.reconfigure(guarding(issuer).route("/new authenticated"));
        assertThat(reasonOf(decide("/orders"))).isNull();
        assertThat(reasonOf(decide("/new"))).isNull();
        assertThat(route("/orders").granted()).isEqualTo(2);
        assertThat(route("/new").granted()).isEqualTo(1);
    }

    @Test
    void countIntrospectionCallsByOutcome() {
        try (TokenGuard asking = guarding(
                        issuer,
                        settings -> settings.introspection(
                                Introspection.at(issuer.introspectionUri(), IntrospectionDrill.CLIENT)))
                .build()) {
            String opaque = issuer.introspection().opaque(issuer.token().subject("alice"));
            assertThat(reasonOf(asking.decide(bearing(opaque)))).isNull();
            assertThat(reasonOf(asking.decide(bearing("unknown-token")))).isEqualTo(RefusalReason.TOKEN_INACTIVE);
            issuer.on(TestEndpoint.INTROSPECTION).answer(Fault.status(500));
            assertThat(reasonOf(asking.decide(bearing("another-token"))))
                    .isEqualTo(RefusalReason.INTROSPECTION_UNAVAILABLE);
            GuardStats.IntrospectionStats calls = asking.stats().introspection().get(0);
            assertThat(calls.active()).isEqualTo(1);
            assertThat(calls.inactive()).isEqualTo(1);
            assertThat(calls.failed()).isEqualTo(1);
            assertThat(calls.isStopped()).isFalse();
            assertThat(calls.timings().count()).isEqualTo(3);
        }
    }
}

package io.tokenguard;

import static io.tokenguard.GuardedIssuer.bearing;
import static io.tokenguard.GuardedIssuer.guarding;
import static io.tokenguard.GuardedIssuer.reasonOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tokenguard.access.AccessToken;
import io.tokenguard.access.Decision;
import io.tokenguard.access.GuardHealth;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.Refusal;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.Revocation;
import io.tokenguard.access.Revocation.Kind;
import io.tokenguard.logging.RecordedLog;
import io.tokenguard.spi.GuardObserver;
import io.tokenguard.testkit.DpopClient;
import io.tokenguard.testkit.TestAlgorithm;
import io.tokenguard.testkit.TestEndpoint;
import io.tokenguard.testkit.TestIssuer;
import io.tokenguard.testkit.TestIssuerExtension;
import io.tokenguard.testkit.TestKey;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a guard offers to operators: a list of revocations, explanations, loads of keys, observers, events about acts. */
@ExtendWith(TestIssuerExtension.class)
class OperatorTest {
    private TestIssuer issuer;

    @BeforeEach
    void start(TestIssuer started) {
        issuer = started;
        RecordedLog.clear();
    }

    private TokenGuard started(TokenGuardBuilder settings) {
        TokenGuard guard = settings.build();
        assertThat(guard.awaitReady(Duration.ofSeconds(10))).isTrue();
        return guard;
    }

    private String token() {
        return issuer.token().subject("alice").clientId("shop").sign();
    }

    @Test
    void revocationsAndBansAreListed() {
        try (TokenGuard guard = started(guarding(issuer))) {
            guard.revoke(
                    Revocation.subject(issuer.issuer(), "alice").issuedBefore(Instant.ofEpochSecond(1_900_000_000)));
            guard.revoke(Revocation.token(issuer.issuer(), "id-1"));
            guard.banKey("leaked");
            List<Revocation> known = guard.revocations(unused -> true, 10);
            assertThat(known)
                    .extracting(Revocation::kind)
                    .containsExactlyInAnyOrder(Kind.KEY_ID, Kind.TOKEN, Kind.SUBJECT);
            assertThat(known)
                    .filteredOn(one -> one.kind() == Kind.SUBJECT)
                    .singleElement()
                    .satisfies(one -> assertThat(one.issuedBefore()).contains(Instant.ofEpochSecond(1_900_000_000)));
            assertThat(guard.revocations(unused -> true, 2)).hasSize(2);
            assertThat(guard.revocations(one -> one.kind() == Kind.CLIENT, 10)).isEmpty();
        }
    }

    @Test
    void aRevocationIsFoundByTheBeginningOfItsTarget() {
        try (TokenGuard guard = started(guarding(issuer))) {
            Revocation made = Revocation.session(issuer.issuer(), "session-7");
            guard.revoke(made);
            String start = made.target().substring(0, 16);
            assertThat(guard.revocations(one -> one.target().startsWith(start), 10))
                    .singleElement()
                    .extracting(Revocation::kind)
                    .isEqualTo(Kind.SESSION);
        }
    }

    @Test
    void anEndedRevocationIsNotListed() {
        try (TokenGuard guard = started(guarding(issuer))) {
            guard.revoke(Revocation.token(issuer.issuer(), "id-1")
                    .until(Instant.now().minusSeconds(60)));
            assertThat(guard.revocations(unused -> true, 10)).isEmpty();
        }
    }

    @Test
    void anExplanationIsTheDecisionWithoutItsEffects() {
        List<Object> observed = new CopyOnWriteArrayList<>();
        try (TokenGuard guard = started(guarding(issuer).observer(observed::add))) {
            RecordedLog.clear();
            assertThat(reasonOf(guard.explain(bearing(token() + "x")))).isEqualTo(RefusalReason.TOKEN_MALFORMED);
            assertThat(guard.explain(bearing(token()))).isInstanceOf(Decision.Granted.class);
            assertThat(guard.explain(IncomingRequest.builder("GET", "/none").build()))
                    .isInstanceOfSatisfying(
                            Decision.Refused.class,
                            refused -> assertThat(refused.refusal().path()).isEqualTo("/none"));
            assertThat(observed).isEmpty();
            assertThat(RecordedLog.audit()).isEmpty();
            assertThat(guard.stats().decisions().byRoute())
                    .allMatch(outcomes -> outcomes.granted() + outcomes.refused() + outcomes.unavailable() == 0);
        }
    }

    @Test
    void anExplanationUsesUpNoProof() {
        TestKey key = TestKey.generate(TestAlgorithm.ES256);
        String token = issuer.token().boundTo(key).sign();
        try (TokenGuard guard = started(guarding(issuer).resource(URI.create("https://api.example.com")))) {
            String proof = DpopClient.withKey(key, Clock.systemUTC())
                    .proof("GET", "https://api.example.com/orders")
                    .forToken(token)
                    .sign();
            IncomingRequest request = GuardedIssuer.request()
                    .header("Authorization", "DPoP " + token)
                    .header("DPoP", proof)
                    .authority("api.example.com")
                    .build();
            assertThat(guard.explain(request)).isInstanceOf(Decision.Granted.class);
            assertThat(guard.decide(request)).isInstanceOf(Decision.Granted.class);
            assertThat(reasonOf(guard.decide(request))).isEqualTo(RefusalReason.PROOF_REPLAYED);
        }
    }

    @Test
    void keysAreLoadedAgainWithinTheLimitOfLoads() {
        try (TokenGuard guard = started(guarding(issuer))) {
            int before = issuer.requests(TestEndpoint.JWKS);
            assertThat(guard.refreshKeys()).isOne();
            await().until(() -> issuer.requests(TestEndpoint.JWKS) > before);
            for (int i = 0; i < 30; i++) {
                int running = guard.refreshKeys();
                assertThat(running).isLessThanOrEqualTo(1);
                await().until(() -> !guard.health().issuers().get(0).isLoading());
            }
            assertThat(guard.refreshKeys()).isZero();
            assertThat(issuer.requests(TestEndpoint.JWKS) - before).isLessThan(12);
        }
    }

    @Test
    void theHealthNamesTheKeysInUse() {
        try (TokenGuard guard = started(guarding(issuer))) {
            assertThat(guard.health().issuers().get(0).keysInUse())
                    .containsExactlyElementsOf(
                            issuer.publishedKeys().stream().map(TestKey::kid).toList());
        }
    }

    @Test
    void anObserverCanBeAddedAndRemovedAndOutlivesAConfiguration() {
        List<Refusal> refusals = new CopyOnWriteArrayList<>();
        try (TokenGuard guard = started(guarding(issuer))) {
            Runnable forget = guard.observe(refusals::add);
            guard.decide(bearing("no-token"));
            assertThat(refusals).hasSize(1);
            guard.reconfigure(guarding(issuer));
            guard.decide(bearing("no-token"));
            assertThat(refusals).hasSize(2);
            forget.run();
            guard.decide(bearing("no-token"));
            guard.reconfigure(guarding(issuer));
            guard.decide(bearing("no-token"));
            assertThat(refusals).hasSize(2);
        }
    }

    @Test
    void anObserverThatIsAddedGetsChangesOfTheState() {
        List<GuardHealth> states = new CopyOnWriteArrayList<>();
        GuardObserver observer = new GuardObserver() {
            @Override
            public void refused(Refusal refusal) {}

            @Override
            public void stateChanged(GuardHealth health) {
                states.add(health);
            }
        };
        try (TokenGuard guard = started(guarding(issuer))) {
            Runnable unused = guard.observe(observer);
            Runnable adapter = guard.expectAdapter("a filter", "Start it.");
            adapter.run();
            await().until(() -> !states.isEmpty());
        }
    }

    @Test
    void anActIsAnEventThatNamesTheOperator() {
        try (TokenGuard guard = started(guarding(issuer))) {
            RecordedLog.clear();
            AccessToken operator = AccessToken.builder(issuer.issuer())
                    .subject("olga")
                    .clientId("console")
                    .expiresAt(Instant.now())
                    .build();
            guard.recordAct("revoke", operator, Map.of("kind", "SUBJECT\nforged"));
            assertThat(RecordedLog.audit())
                    .containsExactly("acted act=revoke issuer=" + issuer.issuer()
                            + " client=console subject=olga kind=SUBJECT\\u000aforged");
        }
    }

    @Test
    void anActShowsSubjectsAsConfigured() {
        try (TokenGuard guard = started(guarding(issuer).hideSubjectsInAudit())) {
            RecordedLog.clear();
            AccessToken operator = AccessToken.builder(issuer.issuer())
                    .subject("olga")
                    .expiresAt(Instant.now())
                    .build();
            guard.recordAct("ban", operator, Map.of());
            assertThat(RecordedLog.audit()).containsExactly("acted act=ban issuer=" + issuer.issuer());
        }
    }

    @Test
    void theConsoleIsGuardedByItsScopeAndItsPageIsOpen() {
        try (TokenGuard guard =
                started(guarding(issuer).consolePath("/ops/console").consoleScope("console"))) {
            assertThat(guard.consoleRoute().orElseThrow().pattern()).isEqualTo("/ops/console/api/**");
            assertThat(decided(guard, "GET", "/ops/console", "")).isNull();
            assertThat(decided(guard, "GET", "/ops/console/console.js", "")).isNull();
            assertThat(decided(guard, "GET", "/ops/console/api/now", "")).isEqualTo(RefusalReason.NO_CREDENTIALS);
            assertThat(decided(guard, "POST", "/ops/console/api/revoke", token()))
                    .isEqualTo(RefusalReason.SCOPE_INSUFFICIENT);
            assertThat(decided(guard, "DELETE", "/ops/console/api/now", token()))
                    .isEqualTo(RefusalReason.SCOPE_INSUFFICIENT);
            assertThat(decided(guard, "POST", "/ops/console", token())).isEqualTo(RefusalReason.NO_MATCHING_ROUTE);
            assertThat(decided(
                            guard,
                            "POST",
                            "/ops/console/api/revoke",
                            issuer.token().scope("console").sign()))
                    .isNull();
        }
    }

    @Test
    void theConsoleNeedsScopeAndRoleIfBothAreSet() {
        try (TokenGuard guard = started(guarding(issuer, trusted -> trusted.rolesClaim("roles"))
                .consolePath("/console")
                .consoleScope("console")
                .consoleRole("operator"))) {
            assertThat(decided(
                            guard,
                            "GET",
                            "/console/api/now",
                            issuer.token().scope("console").sign()))
                    .isEqualTo(RefusalReason.ROLE_INSUFFICIENT);
            assertThat(decided(
                            guard,
                            "GET",
                            "/console/api/now",
                            issuer.token()
                                    .scope("console")
                                    .claim("roles", List.of("operator"))
                                    .sign()))
                    .isNull();
        }
    }

    @Test
    void withoutAConsoleThereIsNoRoute() {
        try (TokenGuard guard = started(guarding(issuer))) {
            assertThat(guard.consoleRoute()).isEmpty();
            assertThat(decided(guard, "GET", "/console", token())).isEqualTo(RefusalReason.NO_MATCHING_ROUTE);
        }
    }

    private static RefusalReason decided(TokenGuard guard, String method, String path, String token) {
        IncomingRequest.Builder request = IncomingRequest.builder(method, path).overTls();
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        return reasonOf(guard.decide(request.build()));
    }
}

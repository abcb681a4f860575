package io.tokenguard.internal.introspection;

import static io.tokenguard.internal.Attempt.reasonOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.AccessToken;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import io.tokenguard.internal.claims.AnswerAgreement;
import io.tokenguard.internal.claims.LifetimeCheck;
import io.tokenguard.internal.claims.LifetimePolicy;
import io.tokenguard.internal.telemetry.GuardCounters;
import io.tokenguard.testkit.TestAlgorithm;
import io.tokenguard.testkit.TestClock;
import io.tokenguard.testkit.TestKey;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which issuer is asked about which token, and what of its answer counts. */
class IntrospectionRouterTest {
    private static final String SIGNED = "a.b.c";
    private static final CallLimits LIMITS =
            new CallLimits(8, 8, Duration.ofSeconds(10), Duration.ofSeconds(15), Duration.ZERO);
    private static final TestKey KEY = TestKey.generate(TestAlgorithm.ES256, "k");

    private final TestClock clock = TestClock.startingAt(Instant.parse("2030-01-01T00:00:00Z"));
    private final AnsweringServer server = new AnsweringServer(clock);
    private final LifetimeCheck lifetime =
            new LifetimeCheck(new LifetimePolicy(Duration.ZERO, Optional.empty(), Duration.ofHours(1)));
    private RefusedException notReady;
    private Instant end = clock.instant().plusSeconds(60);

    IntrospectionRouterTest() throws IOException {}

    @BeforeEach
    void answer() {
        server.with(200, "application/json", "{\"active\":true}");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private IntrospectedIssuer issuer(String name, String prefix, boolean isAlwaysAsked) {
        IntrospectionCall calls = new IntrospectionCall(
                server.fetcher(false),
                new IntrospectionCall.Terms(
                        name,
                        AnswerReader.unsigned(),
                        (claims, unstatedEnd) -> AccessToken.builder(name)
                                .subject("alice")
                                .claims(Map.of("sub", "alice"))
                                .expiresAt(end)
                                .build(),
                        LIMITS,
                        new GuardCounters().calls(name)),
                clock,
                () -> TimeUnit.MILLISECONDS.toNanos(clock.millis()));
        return new IntrospectedIssuer(
                name, prefix, isAlwaysAsked, new Introspector(new byte[32], calls, LIMITS), lifetime, unused -> {
                    if (notReady != null) {
                        throw notReady;
                    }
                    return new AnswerAgreement(List.of("sub"), List.of("client_id"));
                });
    }

    private IntrospectionRouter router(boolean isOnlyWay, IntrospectedIssuer... issuers) {
        return new IntrospectionRouter(List.of(issuers), List.of("unnamed"), isOnlyWay, 100, clock);
    }

    private AccessToken verified(String issuer, String subject) {
        return AccessToken.builder(issuer)
                .subject(subject)
                .claims(Map.of("sub", subject))
                .expiresAt(end)
                .verifiedBy("k", KEY.publicKey(), new byte[0])
                .build();
    }

    private static Optional<String> nameFor(IntrospectionRouter router, String token) {
        return router.issuerFor(token).map(IntrospectedIssuer::name);
    }

    @Test
    void aTokenGoesToTheIssuerOfItsPrefixAndOthersToTheOneWithout() {
        IntrospectionRouter router = router(false, issuer("a", "a_", false), issuer("rest", "", false));
        assertThat(nameFor(router, "a_token")).contains("a");
        assertThat(nameFor(router, "a_b.c.d")).contains("a");
        assertThat(nameFor(router, "b_token")).contains("rest");
        assertThat(nameFor(router, "one.dot")).contains("rest");
        assertThat(nameFor(router(false, issuer("a", "a_", false)), "b_token")).isEmpty();
    }

    @Test
    void aSignedTokenIsAskedAboutOnlyIfNoneCanBeVerified() {
        assertThat(nameFor(router(false, issuer("rest", "", false)), SIGNED)).isEmpty();
        assertThat(nameFor(router(true, issuer("rest", "", false)), SIGNED)).contains("rest");
    }

    @Test
    void anAnswerCountsForItsLifetimeAndOnceTheIssuerIsReady() throws RefusedException {
        IntrospectedIssuer issuer = issuer("a", "", false);
        IntrospectionRouter router = router(false, issuer);
        assertThat(router.introspect(issuer, "opaque", false).subject()).contains("alice");
        assertThat(reasonOf(() -> router.introspect(issuer, "x".repeat(101), false)))
                .isEqualTo(RefusalReason.TOKEN_TOO_LARGE);
        end = clock.instant();
        assertThat(reasonOf(() -> router.introspect(issuer, "other", false))).isEqualTo(RefusalReason.EXPIRED);
        notReady = new RefusedException(RefusalReason.KEYS_UNAVAILABLE);
        assertThat(reasonOf(() -> router.introspect(issuer, "opaque", false)))
                .isEqualTo(RefusalReason.KEYS_UNAVAILABLE);
    }

    @Test
    void aVerifiedTokenIsConfirmedIfItsIssuerIsAlwaysAskedOrTheRouteRequiresIt() throws RefusedException {
        IntrospectionRouter always = router(false, issuer("a", "", true));
        assertThat(always.isToConfirm(verified("a", "alice"), false)).isTrue();
        assertThat(always.confirm(SIGNED, verified("a", "alice"), false)).isPresent();
        IntrospectionRouter seldom = router(false, issuer("a", "", false));
        assertThat(seldom.isToConfirm(verified("a", "alice"), false)).isFalse();
        assertThat(seldom.confirm(SIGNED, verified("a", "alice"), false)).isEmpty();
        assertThat(seldom.isToConfirm(verified("a", "alice"), true)).isTrue();
        assertThat(seldom.confirm(SIGNED, verified("a", "alice"), true)).isPresent();
        assertThat(server.calls()).isEqualTo(2);
    }

    @Test
    void aTokenOfAnIssuerThatIsNotAskedHasNoAnswer() throws RefusedException {
        IntrospectionRouter router = router(false, issuer("a", "", true));
        assertThat(router.isToConfirm(verified("b", "alice"), false)).isFalse();
        assertThat(router.confirm(SIGNED, verified("b", "alice"), false)).isEmpty();
        assertThat(reasonOf(() -> router.confirm(SIGNED, verified("b", "alice"), true)))
                .isEqualTo(RefusalReason.ANSWER_REQUIRED);
        assertThat(router(false).isToConfirm(verified("a", "alice"), false)).isFalse();
    }

    @Test
    void anAnswerIsAboutTheSameSubject() {
        IntrospectionRouter router = router(false, issuer("a", "", true));
        assertThat(reasonOf(() -> router.confirm(SIGNED, verified("a", "bob"), false)))
                .isEqualTo(RefusalReason.CLAIMS_MALFORMED);
    }

    @Test
    void aTokenThatWasAcceptedIsAskedAboutAgain() throws RefusedException {
        IntrospectionRouter router = router(false, issuer("a", "", false));
        router.confirmAgain("opaque", verified("a", "alice"));
        router.confirmAgain(SIGNED, verified("a", "alice"));
        assertThat(server.calls()).isEqualTo(2);
        assertThat(reasonOf(() -> router.confirmAgain("opaque", verified("a", "bob"))))
                .isEqualTo(RefusalReason.CLAIMS_MALFORMED);
        assertThat(reasonOf(() -> router.confirmAgain(SIGNED, verified("b", "alice"))))
                .isEqualTo(RefusalReason.ANSWER_REQUIRED);
    }

    @Test
    void onlyIntrospectedTokensHaveTheLifetimeRulesOfTheirEndpoint() {
        IntrospectedIssuer unnamed = issuer("unnamed", "", false);
        IntrospectionRouter router = router(false, issuer("a", "a_", false), unnamed);
        AccessToken opaque = AccessToken.builder("a").build();
        assertThat(router.lifetimeOf(opaque, "a"::equals)).contains(lifetime);
        assertThat(router.lifetimeOf(verified("a", "alice"), "a"::equals)).isEmpty();
        AccessToken ofAnother = AccessToken.builder("other").build();
        assertThat(router.lifetimeOf(ofAnother, issuer -> false)).contains(lifetime);
        assertThat(router.lifetimeOf(ofAnother, "other"::equals)).isEmpty();
    }

    @Test
    void showsTheStateOfEachEndpoint() {
        assertThat(router(false, issuer("a", "a_", false), issuer("b", "", false))
                        .health())
                .extracting(health -> health.issuer())
                .containsExactlyInAnyOrder("a", "b");
        assertThat(lifetime.clockSkew()).isZero();
    }
}

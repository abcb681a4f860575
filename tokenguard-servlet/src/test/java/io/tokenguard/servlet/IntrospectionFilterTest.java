package io.tokenguard.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.TrustedIssuer;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.config.ClientAuthentication;
import io.tokenguard.config.Introspection;
import io.tokenguard.spi.GuardObserver;
import io.tokenguard.testkit.Fault;
import io.tokenguard.testkit.TestAlgorithm;
import io.tokenguard.testkit.TestClock;
import io.tokenguard.testkit.TestEndpoint;
import io.tokenguard.testkit.TestIssuer;
import io.tokenguard.testkit.TestKey;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;

/** Introspection over sockets: what the client sees. */
@OnEveryContainer
class IntrospectionFilterTest {
    private static final String AUDIENCE = "https://asked.example.com";

    private final TestClock clock = TestClock.startingAt(Instant.now());
    private final TestIssuer issuer =
            TestIssuer.builder().audience(AUDIENCE).clock(clock).start();
    private final List<RefusalReason> reasons = new CopyOnWriteArrayList<>();
    private Site site;

    @Parameter
    Container container;

    @AfterEach
    void stop() {
        site.close();
        issuer.close();
    }

    private void start(UnaryOperator<Introspection> settings) throws Exception {
        GuardObserver observer = refusal -> reasons.add(refusal.reason());
        site = new Application("/me authenticated", "/fresh fresh")
                .built(guard -> guard.clock(clock)
                        .observer(observer)
                        .issuer(TrustedIssuer.builder(issuer.issuer())
                                .audience(AUDIENCE)
                                .introspection(settings.apply(Introspection.at(
                                        issuer.introspectionUri(), ClientAuthentication.basic("api", "secret"))))
                                .build()))
                .servlet(Page::identity, "/me", "/fresh")
                .on(container);
    }

    private Answer get(String token) throws Exception {
        return site.get("/me", "Authorization: Bearer " + token);
    }

    private void assertUnauthorized(String token, RefusalReason reason) throws Exception {
        reasons.clear();
        Answer answer = get(token);
        assertThat(answer.status()).as(reason.name()).isEqualTo(401);
        assertThat(answer.challenge()).contains("error=\"invalid_token\"");
        assertThat(reasons).containsExactly(reason);
    }

    private void assertUnjudged(String token, RefusalReason reason) throws Exception {
        reasons.clear();
        Answer answer = get(token);
        assertThat(answer.status()).as(reason.name()).isEqualTo(503);
        assertThat(answer.header("Retry-After")).isNotEmpty();
        assertThat(answer.header("WWW-Authenticate")).isEmpty();
        assertThat(answer.body()).isEmpty();
        assertThat(reasons).containsExactly(reason);
    }

    private String answered(Consumer<Map<String, Object>> change) {
        Map<String, Object> members = new HashMap<>(issuer.introspection().active(issuer.token()));
        change.accept(members);
        String token = issuer.introspection().opaque();
        issuer.introspection().answer(token, members);
        return token;
    }

    private void fail(Fault fault) throws Exception {
        issuer.on(TestEndpoint.INTROSPECTION).answer(fault);
        assertUnjudged(issuer.introspection().opaque(), RefusalReason.INTROSPECTION_UNAVAILABLE);
        issuer.heal();
    }

    @Test
    void showsTheIdentityThatTheIssuerNames() throws Exception {
        start(settings -> settings);
        Answer answer = get(issuer.introspection().opaque());
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).contains("alice");
    }

    @Test
    void refusesEveryAnswerThatIsNotClearlyGood() throws Exception {
        start(settings -> settings);
        long now = clock.instant().getEpochSecond();
        assertUnauthorized("unknown", RefusalReason.TOKEN_INACTIVE);
        for (Object active : List.of("true", 1, false)) {
            assertUnauthorized(answered(answer -> answer.put("active", active)), RefusalReason.TOKEN_INACTIVE);
        }
        assertUnauthorized(answered(answer -> answer.put("active", null)), RefusalReason.TOKEN_INACTIVE);
        assertUnauthorized(answered(answer -> answer.remove("active")), RefusalReason.TOKEN_INACTIVE);
        assertUnauthorized(answered(answer -> answer.put("exp", now - 31)), RefusalReason.EXPIRED);
        assertUnauthorized(answered(answer -> answer.remove("exp")), RefusalReason.CLAIM_MISSING);
        assertUnauthorized(answered(answer -> answer.put("aud", "other")), RefusalReason.AUDIENCE_MISMATCH);
        assertUnauthorized(answered(answer -> answer.put("iss", "https://o.example")), RefusalReason.ISSUER_MISMATCH);
        assertUnauthorized(answered(answer -> answer.put("token_type", "refresh")), RefusalReason.NOT_AN_ACCESS_TOKEN);
    }

    @Test
    void passesATokenWithoutExpiryWhereConfigured() throws Exception {
        start(settings -> settings.acceptAnswersWithout("exp"));
        assertThat(get(answered(answer -> answer.remove("exp"))).status()).isEqualTo(200);
    }

    @Test
    void answers503WithoutAVerdictWhenTheIssuerFails() throws Exception {
        start(settings -> settings);
        fail(Fault.body("<html>Log in</html>").contentType("text/html"));
        fail(Fault.truncated());
        fail(Fault.status(401));
        fail(Fault.status(403));
        fail(Fault.status(500));
        fail(Fault.redirectTo(URI.create("https://elsewhere.example/")));
        fail(Fault.oversize(10 * 1024 * 1024));
        fail(Fault.drip(Duration.ofMillis(400)));
        fail(Fault.status(429).header("Retry-After", "30"));
    }

    @Test
    void refusesMalformedTokens() throws Exception {
        start(settings -> settings);
        Answer answer = get("a&token=b");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.challenge()).contains("error=\"invalid_request\"");
        assertThat(issuer.requests(TestEndpoint.INTROSPECTION)).isZero();
    }

    @Test
    void neverIntrospectsSignedTokens() throws Exception {
        start(settings -> settings);
        String forged = issuer.token()
                .key(TestKey.generate(TestAlgorithm.RS256, "stranger"))
                .sign();
        issuer.introspection().answer(forged, issuer.introspection().active(issuer.token()));
        assertUnauthorized(forged, RefusalReason.KEY_UNKNOWN);
        assertThat(issuer.requests(TestEndpoint.INTROSPECTION)).isZero();
    }

    @Test
    void refusesARevokedTokenWithinFifteenSecondsAndAtOnceWhereTheRouteDemandsIt() throws Exception {
        start(settings -> settings);
        String token = issuer.introspection().opaque();
        assertThat(get(token).status()).isEqualTo(200);
        issuer.introspection().revoke(token);
        assertThat(get(token).status()).isEqualTo(200);
        String other = issuer.introspection().opaque();
        assertThat(get(other).status()).isEqualTo(200);
        clock.advance(Duration.ofSeconds(15));
        assertUnauthorized(token, RefusalReason.TOKEN_INACTIVE);
        issuer.introspection().revoke(other);
        assertThat(site.get("/fresh", "Authorization: Bearer " + other).status())
                .isEqualTo(401);
    }

    @Test
    void answers503WithoutAVerdictWhenTheAnswerIsNotSignedAsRequired() throws Exception {
        start(Introspection::signedAnswers);
        String token = issuer.introspection().opaque();
        String media = "application/token-introspection+jwt";
        for (String answer : List.of(
                issuer.introspection().signedAnswer(token).unsigned("none"),
                issuer.introspection()
                        .signedAnswer(token)
                        .key(TestKey.generate(TestAlgorithm.RS256, "stranger"))
                        .sign(),
                issuer.introspection().signedAnswer(token).audience("other").sign())) {
            issuer.on(TestEndpoint.INTROSPECTION).answer(Fault.body(answer).contentType(media));
            assertUnjudged(token, RefusalReason.INTROSPECTION_INVALID);
        }
        issuer.heal();
        assertThat(get(token).status()).isEqualTo(200);
    }
}

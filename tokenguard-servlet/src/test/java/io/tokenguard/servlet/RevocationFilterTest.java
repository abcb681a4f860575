package io.tokenguard.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.TokenGuardBuilder;
import io.tokenguard.access.AccessToken;
import io.tokenguard.access.GuardHealth.RevocationState;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import io.tokenguard.access.Revocation;
import io.tokenguard.config.Revocations;
import io.tokenguard.config.Revocations.FailurePolicy;
import io.tokenguard.spi.GuardObserver;
import io.tokenguard.testkit.TestClock;
import io.tokenguard.testkit.TokenBuilder;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;

/** Revocation, and faults of its store, through the filter over sockets. */
@OnEveryContainer
class RevocationFilterTest {
    private static final Instant NOW = Instant.parse("2030-01-01T12:00:00Z");

    private final TestClock clock = TestClock.startingAt(NOW);
    private final List<RefusalReason> reasons = new CopyOnWriteArrayList<>();
    private final List<Site> sites = new ArrayList<>();
    private final SwitchedStore store = new SwitchedStore();

    @Parameter
    Container container;

    @AfterEach
    void stop() {
        sites.forEach(Site::close);
    }

    private Site site(UnaryOperator<TokenGuardBuilder> settings) throws Exception {
        GuardObserver observer = refusal -> reasons.add(refusal.reason());
        Site site = new Application("/me authenticated", "/stream authenticated", "/forward authenticated")
                .built(guard -> settings.apply(guard.clock(clock).observer(observer)))
                .servlet(Page::identity, "/me")
                .servlet(this::stream, "/stream")
                .servlet(this::forward, "/forward")
                .on(container);
        sites.add(site);
        return site;
    }

    private Site site() throws Exception {
        return site(UnaryOperator.identity());
    }

    private Site sharing(FailurePolicy policy) throws Exception {
        return site(guard -> guard.revocations(Revocations.shared(store).outage(policy)));
    }

    /** Three parts, before each of which the application asks whether its caller may still have it. */
    private void stream(HttpServletRequest request, HttpServletResponse response) throws IOException {
        AccessToken token = TokenGuardFilter.accessToken(request).orElseThrow();
        for (int part = 1; part <= 3; part++) {
            try {
                sites.get(0).guard().validateAgain(token);
            } catch (RefusedException over) {
                response.getWriter().print("over");
                return;
            }
            response.getWriter().print("part" + part + " ");
            if (part == 2) {
                sites.get(0).guard().revoke(Revocation.subject(token.issuer(), "alice"));
            }
        }
    }

    private void forward(HttpServletRequest request, HttpServletResponse response) throws IOException {
        AccessToken token = TokenGuardFilter.accessToken(request).orElseThrow();
        sites.get(0).guard().revoke(Revocation.session(token.issuer(), "session"));
        try {
            request.getRequestDispatcher("/me").forward(request, response);
        } catch (jakarta.servlet.ServletException failure) {
            throw new IOException(failure);
        }
    }

    private TokenBuilder token(Site site) {
        return site.issuer()
                .token()
                .tokenId("id")
                .subject("alice")
                .clientId("app")
                .claim("sid", "session")
                .issuedAt(clock.instant())
                .expiresAt(clock.instant().plus(Duration.ofHours(1)));
    }

    private static Answer get(Site site, String path, String token) throws IOException {
        return site.get(path, "Authorization: Bearer " + token);
    }

    private static void assertPasses(Site site, String token) throws IOException {
        assertThat(get(site, "/me", token).status()).isEqualTo(200);
    }

    private void assertRevoked(Site site, String token) throws IOException {
        Answer answer = get(site, "/me", token);
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.challenge()).contains("error=\"invalid_token\"");
        assertThat(reasons).last().isEqualTo(RefusalReason.REVOKED);
    }

    private void assertUnknown(Site site, String token) throws IOException {
        Answer answer = get(site, "/me", token);
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("Retry-After")).isNotEmpty();
        assertThat(answer.challenge()).isEmpty();
        assertThat(reasons).last().isEqualTo(RefusalReason.REVOCATION_UNKNOWN);
    }

    @Nested
    class CachedTokens {
        @Test
        void aCachedTokenIsRefusedAfterRevocationByEachTarget() throws Exception {
            Site site = site();
            String issuer = site.issuer().issuer();
            int number = 0;
            for (UnaryOperator<TokenBuilder> own : List.<UnaryOperator<TokenBuilder>>of(
                    token -> token.tokenId("own"),
                    token -> token.subject("own"),
                    token -> token.clientId("own"),
                    token -> token.claim("sid", "own"))) {
                String token = own.apply(token(site)).sign();
                assertPasses(site, token);
                assertPasses(site, token);
                site.guard().revoke(revocation(issuer, number++));
                assertRevoked(site, token);
                assertPasses(site, token(site).sign());
            }
        }

        private Revocation revocation(String issuer, int number) {
            return switch (number) {
                case 0 -> Revocation.token(issuer, "own");
                case 1 -> Revocation.subject(issuer, "own");
                case 2 -> Revocation.client(issuer, "own");
                default -> Revocation.session(issuer, "own");
            };
        }

        @Test
        void aCachedTokenIsRefusedAfterEverythingIssuedBeforeIsRevoked() throws Exception {
            Site site = site();
            String earlier = token(site).sign();
            assertPasses(site, earlier);
            clock.advance(Duration.ofSeconds(1));
            site.guard().revoke(Revocation.issuer(site.issuer().issuer()).issuedBefore(clock.instant()));
            assertRevoked(site, earlier);
            assertPasses(site, token(site).sign());
        }

        @Test
        void aRevocationOnOneNodeReachesTheOther() throws Exception {
            Site one = sharing(FailurePolicy.FAIL_CLOSED);
            store.sync();
            String token = token(one).sign();
            assertPasses(one, token);
            one.guard()
                    .reconfigure(io.tokenguard.TokenGuard.builder()
                            .issuer(io.tokenguard.TrustedIssuer.builder(
                                            one.issuer().issuer())
                                    .audience("https://api.example.com")
                                    .build())
                            .route("/me authenticated")
                            .clock(clock)
                            .revocations(Revocations.shared(store))
                            .observer(refusal -> reasons.add(refusal.reason())));
            store.publish(Revocation.presented(token).until(NOW.plusSeconds(3_600)));
            assertRevoked(one, token);
        }

        @Test
        void garbageOnTheChannelAllowsNothing() throws Exception {
            Site site = sharing(FailurePolicy.FAIL_CLOSED);
            store.sync();
            String token = token(site).sign();
            Revocation revocation = Revocation.token(site.issuer().issuer(), "id");
            store.handOn(revocation.until(NOW.plusSeconds(3_600)));
            store.handOn(revocation.until(Instant.MIN));
            store.handOn(revocation.issuedBefore(Instant.MIN).until(NOW.plusSeconds(1)));
            store.handOn(Revocation.token("", "").until(NOW.plusSeconds(1)));
            assertRevoked(site, token);
            assertPasses(site, token(site).tokenId("other").sign());
        }

        @Test
        void aRevocationLastsUntilItsTokenExpires() throws Exception {
            Site site = site();
            String token = token(site).expiresAt(NOW.plus(Duration.ofHours(24))).sign();
            site.guard().revoke(Revocation.presented(token));
            clock.advance(Duration.ofHours(24).plusSeconds(29));
            assertRevoked(site, token);
            clock.advance(Duration.ofSeconds(1));
            assertThat(get(site, "/me", token).status()).isEqualTo(401);
            assertThat(reasons).last().isEqualTo(RefusalReason.EXPIRED);
        }

        @Test
        void aStreamEndsWhenItsTokenIsRevoked() throws Exception {
            Site site = site();
            assertThat(get(site, "/stream", token(site).sign()).body()).isEqualTo("part1 part2 over");
        }

        @Test
        void aForwardIsRefusedOnceTheTokenIsRevoked() throws Exception {
            Site site = site();
            assertThat(get(site, "/forward", token(site).sign()).status()).isEqualTo(401);
            assertThat(reasons).containsExactly(RefusalReason.REVOKED);
            assertThat(site.reached()).containsExactly("/forward");
        }
    }

    @Nested
    class Faults {
        /** What is known keeps biting, what is new bites here, and what nobody knows is the policy's. */
        @Test
        void aStoreOutageRefusesWhenFailingClosed() throws Exception {
            Site site = sharing(FailurePolicy.FAIL_CLOSED);
            String token = token(site).sign();
            store.sync();
            store.handOn(Revocation.token(site.issuer().issuer(), "known").until(NOW.plusSeconds(3_600)));
            store.cutOffFor(Duration.ofSeconds(60));
            assertPasses(site, token);
            store.cutOffFor(Duration.ofSeconds(61));
            assertUnknown(site, token);
            assertRevoked(site, token(site).tokenId("known").sign());
            site.guard().revoke(Revocation.token(site.issuer().issuer(), "fresh"));
            assertRevoked(site, token(site).tokenId("fresh").sign());
            assertThat(site.guard().health().isReady()).isFalse();
            store.sync();
            assertPasses(site, token);
            assertRevoked(site, token(site).tokenId("fresh").sign());
            assertThat(site.guard().health().isReady()).isTrue();
        }

        @Test
        void aStoreOutageAllowsWhenFailingOpen() throws Exception {
            Site site = sharing(FailurePolicy.FAIL_OPEN);
            store.handOn(Revocation.token(site.issuer().issuer(), "known").until(NOW.plusSeconds(3_600)));
            store.cutOffFor(Duration.ofHours(1));
            assertPasses(site, token(site).sign());
            assertRevoked(site, token(site).tokenId("known").sign());
            assertThat(site.guard().health().revocation().state()).isEqualTo(RevocationState.DEGRADED);
        }

        @Test
        void onlyTheNodeThatIsCutOffIsAffected() throws Exception {
            SwitchedStore healthy = new SwitchedStore();
            Site cutOff = sharing(FailurePolicy.FAIL_CLOSED);
            Site other = site(guard -> guard.revocations(Revocations.shared(healthy)));
            store.cutOffFor(Duration.ofSeconds(61));
            healthy.sync();
            assertUnknown(cutOff, token(cutOff).sign());
            assertPasses(other, token(other).sign());
            assertThat(cutOff.guard().health().revocation().trouble()).contains("out of reach");
            assertThat(other.guard().health().revocation().trouble()).isEmpty();
        }

        @Test
        void aFullRevocationMemoryRefusesTokensItKnowsNothingOf() throws Exception {
            Site site = site(guard -> guard.revocations(Revocations.local().capacity(1_000)));
            for (int i = 0; i < 1_001; i++) {
                site.guard().revoke(Revocation.token(site.issuer().issuer(), "known" + i));
            }
            assertUnknown(site, token(site).sign());
            assertRevoked(site, token(site).tokenId("known0").sign());
            assertThat(site.guard().health().revocation().trouble()).contains("memory full");
        }

        @Test
        void theAgeOfTheSyncIsCheckedBeforeTheFirstDecisionAfterAPause() throws Exception {
            Site site = sharing(FailurePolicy.FAIL_CLOSED);
            store.sync();
            String token = token(site).sign();
            assertPasses(site, token);
            clock.advance(Duration.ofMinutes(10));
            store.cutOffFor(Duration.ofMinutes(10));
            assertUnknown(site, token);
            store.sync();
            assertPasses(site, token);
        }

        @Test
        void beforeTheFirstSyncNothingPasses() throws Exception {
            Site site = sharing(FailurePolicy.FAIL_CLOSED);
            assertUnknown(site, token(site).sign());
            store.sync();
            assertPasses(site, token(site).sign());
        }
    }
}

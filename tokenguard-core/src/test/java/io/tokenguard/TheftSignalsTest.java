package io.tokenguard;

import static io.tokenguard.GuardedIssuer.guarding;
import static io.tokenguard.GuardedIssuer.reasonOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.Decision;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.Refusal;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.Revocation;
import io.tokenguard.access.TheftSignal;
import io.tokenguard.access.TheftSignal.Kind;
import io.tokenguard.config.TheftDetection;
import io.tokenguard.logging.RecordedLog;
import io.tokenguard.spi.GuardObserver;
import io.tokenguard.testkit.DpopClient;
import io.tokenguard.testkit.TestClock;
import io.tokenguard.testkit.TestIssuer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A token that is used as a stolen one would be is told of once in a window, and no decision changes but by revocation. */
class TheftSignalsTest {
    private static final Duration WINDOW = Duration.ofMinutes(10);

    private final TestClock clock = TestClock.startingAt(Instant.parse("2030-01-01T12:00:00Z"));
    private final TestIssuer issuer = TestIssuer.builder().clock(clock).start();
    private final List<TheftSignal> suspicions = new CopyOnWriteArrayList<>();
    private final DpopClient client = DpopClient.create();
    private TokenGuard guard = watching(TheftDetection.report());

    private final class Listener implements GuardObserver {
        @Override
        public void refused(Refusal refusal) {}

        @Override
        public void suspected(TheftSignal suspicion) {
            suspicions.add(suspicion);
        }
    }

    private TokenGuard watching(TheftDetection signals) {
        return settings(signals).build();
    }

    private TokenGuardBuilder settings(TheftDetection signals) {
        return guarding(issuer)
                .clock(clock)
                .observer(new Listener())
                .trustedProxies("10.0.0.0/8")
                .theftDetection(signals.maxNetworks(3).maxAgents(2).maxRefusedProofs(4));
    }

    @AfterEach
    void stop() {
        guard.close();
        issuer.close();
    }

    private String token() {
        return issuer.token().subject("alice").expiresIn(Duration.ofHours(1)).sign();
    }

    private static IncomingRequest.Builder from(String address, String token) {
        return IncomingRequest.builder("GET", "/orders")
                .overTls()
                .clientAddress(address)
                .header("Authorization", "Bearer " + token);
    }

    private RefusalReason decide(IncomingRequest.Builder request) {
        return reasonOf(guard.decide(request.build()));
    }

    private void comeFrom(String token, String... addresses) {
        for (String address : addresses) {
            assertThat(decide(from(address, token))).isNull();
        }
    }

    @Nested
    class Networks {
        @Test
        void asManyAsMayBeAreNotSuspicious() {
            comeFrom(token(), "192.0.2.1", "198.51.100.1", "203.0.113.1", "192.0.2.77");
            assertThat(suspicions).isEmpty();
        }

        @Test
        void oneMoreIsToldOfOnce() {
            String token = token();
            comeFrom(token, "192.0.2.1", "198.51.100.1", "203.0.113.1", "2001:db8:1::1", "2001:db8:2::1", "192.0.2.1");
            assertThat(suspicions).singleElement().satisfies(suspicion -> {
                assertThat(suspicion.kind()).isEqualTo(Kind.MANY_NETWORKS);
                assertThat(suspicion.count()).isEqualTo(4);
                assertThat(suspicion.subject()).isEqualTo("alice");
                assertThat(suspicion.isRevoked()).isFalse();
                assertThat(Revocation.fingerprint(suspicion.fingerprint())).isEqualTo(Revocation.presented(token));
            });
        }

        @Test
        void addressesOfOneNetworkAreOne() {
            comeFrom(token(), "192.0.2.1", "192.0.2.2", "192.0.2.3", "192.0.2.4", "192.0.2.5");
            comeFrom(token(), "2001:db8:1::1", "2001:db8:1:2::1", "2001:db8:1:3::1", "2001:db8:1:ffff::1");
            assertThat(suspicions).isEmpty();
        }

        @Test
        void ofSeveralTokensAreNotAddedUp() {
            comeFrom(token(), "192.0.2.1", "198.51.100.1");
            comeFrom(token(), "203.0.113.1", "2001:db8:1::1");
            assertThat(suspicions).isEmpty();
        }

        @Test
        void countWithinOneWindowOnly() {
            String token = token();
            comeFrom(token, "192.0.2.1", "198.51.100.1", "203.0.113.1");
            clock.advance(WINDOW);
            comeFrom(token, "2001:db8:1::1");
            assertThat(suspicions).isEmpty();
        }

        @Test
        void countUntilTheWindowEnds() {
            String token = token();
            comeFrom(token, "192.0.2.1", "198.51.100.1", "203.0.113.1");
            clock.advance(WINDOW.minusMillis(1));
            comeFrom(token, "2001:db8:1::1");
            assertThat(suspicions).hasSize(1);
        }

        @Test
        void areThoseOfClientsWhereATrustedProxyTellsThem() {
            String token = token();
            for (String client : List.of("192.0.2.1", "198.51.100.1", "203.0.113.1", "2001:db8:1::1")) {
                assertThat(decide(
                                from("10.1.2.3", token).header("X-Forwarded-For", "1.2.3.4, " + client + ", 10.9.9.9")))
                        .isNull();
            }
            assertThat(suspicions).hasSize(1);
        }

        @Test
        void areNotWhatClientsWriteThemselves() {
            String token = token();
            for (String written : List.of("192.0.2.1", "198.51.100.1", "203.0.113.1", "2001:db8:1::1")) {
                assertThat(decide(from("192.0.2.9", token).header("X-Forwarded-For", written)))
                        .isNull();
                assertThat(decide(from("10.1.2.3", token).header("X-Forwarded-For", written + ", 192.0.2.9")))
                        .isNull();
            }
            assertThat(suspicions).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(strings = {"", ",", "unknown", "10.1.1.1, 10.1.1.2", "192.0.2.1:80", "a,b,c,,,,,,,,,,,,,,,,,,,"})
        void thatAreNotKnownAreNotCounted(String written) {
            String token = token();
            comeFrom(token, "192.0.2.1", "198.51.100.1", "203.0.113.1");
            assertThat(decide(from("10.1.2.3", token).header("X-Forwarded-For", written)))
                    .isNull();
            assertThat(decide(from("", token))).isNull();
            assertThat(suspicions).isEmpty();
        }
    }

    @Test
    void manyKindsOfProgramsAreToldOfOnce() {
        String token = token();
        for (String agent : List.of("curl/8", "browser", "curl/8", "library", "another")) {
            assertThat(decide(from("192.0.2.1", token).header("User-Agent", agent)))
                    .isNull();
        }
        assertThat(suspicions).extracting(TheftSignal::kind).containsExactly(Kind.MANY_AGENTS);
    }

    @Nested
    class Proofs {
        private final String token = issuer.token()
                .boundTo(client.key())
                .expiresIn(Duration.ofHours(1))
                .sign();

        private IncomingRequest bound(String proof) {
            return IncomingRequest.builder("GET", "/orders")
                    .overTls()
                    .header("Host", "api.example.com")
                    .header("Authorization", "DPoP " + token)
                    .header("DPoP", proof)
                    .build();
        }

        private String proof(String method) {
            return client.proof(method, "https://api.example.com/orders")
                    .issuedAt(clock.instant())
                    .forToken(token)
                    .sign();
        }

        @Test
        void thatAreRefusedOnceTooOftenAreToldOf() {
            for (int i = 0; i < 4; i++) {
                assertThat(reasonOf(guard.decide(bound(proof("POST"))))).isEqualTo(RefusalReason.PROOF_INVALID);
            }
            assertThat(suspicions).isEmpty();
            for (int i = 0; i < 3; i++) {
                assertThat(reasonOf(guard.decide(bound(proof("POST"))))).isEqualTo(RefusalReason.PROOF_INVALID);
            }
            assertThat(suspicions).singleElement().satisfies(suspicion -> {
                assertThat(suspicion.kind()).isEqualTo(Kind.REFUSED_PROOFS);
                assertThat(suspicion.count()).isEqualTo(5);
                assertThat(suspicion.fingerprint())
                        .isEqualTo(Revocation.presented(token).target());
            });
        }

        @Test
        void thatAreMissingCountTooWhereTheTokenNeedsThem() {
            for (int i = 0; i < 5; i++) {
                assertThat(decide(from("192.0.2.1", token))).isEqualTo(RefusalReason.BINDING_DOWNGRADE);
            }
            assertThat(suspicions).extracting(TheftSignal::kind).containsExactly(Kind.REFUSED_PROOFS);
        }

        @Test
        void thatComeAgainAreToldOfOnceInAWindow() {
            IncomingRequest request = bound(proof("GET"));
            assertThat(reasonOf(guard.decide(request))).isNull();
            assertThat(reasonOf(guard.decide(request))).isEqualTo(RefusalReason.PROOF_REPLAYED);
            assertThat(reasonOf(guard.decide(request))).isEqualTo(RefusalReason.PROOF_REPLAYED);
            assertThat(suspicions).extracting(TheftSignal::kind).containsExactly(Kind.REPLAYED_PROOF);
        }

        /** What holds a proof of its own for each request can't be of use to many. */
        @Test
        void makeTheirTokenGoodFromAnywhere() {
            for (String address : List.of("192.0.2.1", "198.51.100.1", "203.0.113.1", "2001:db8:1::1")) {
                assertThat(reasonOf(guard.decide(IncomingRequest.builder("GET", "/orders")
                                .overTls()
                                .clientAddress(address)
                                .header("Host", "api.example.com")
                                .header("Authorization", "DPoP " + token)
                                .header("DPoP", proof("GET"))
                                .build())))
                        .isNull();
            }
            assertThat(suspicions).isEmpty();
        }

        @Test
        void ofForgedTokensAreNotCounted() {
            String forged = token.substring(0, token.lastIndexOf('.')) + ".AAAA";
            for (int i = 0; i < 10; i++) {
                assertThat(decide(from("192.0.2.1", forged))).isEqualTo(RefusalReason.SIGNATURE_INVALID);
            }
            assertThat(suspicions).isEmpty();
        }
    }

    @Test
    void nothingIsLookedForUnlessItIsAskedFor() {
        guard.reconfigure(settings(TheftDetection.off()));
        comeFrom(token(), "192.0.2.1", "198.51.100.1", "203.0.113.1", "2001:db8:1::1");
        assertThat(suspicions).isEmpty();
        assertThat(guarding(issuer).settings().withdrawal().theft().mode()).isEqualTo(TheftDetection.Mode.OFF);
    }

    @Test
    void theTokenCanBeRevokedForIt() {
        guard.reconfigure(settings(TheftDetection.report().mode(TheftDetection.Mode.REVOKE)));
        String token = token();
        comeFrom(token, "192.0.2.1", "198.51.100.1", "203.0.113.1");
        assertThat(decide(from("2001:db8:1::1", token))).isEqualTo(RefusalReason.REVOKED);
        assertThat(suspicions).singleElement().matches(TheftSignal::isRevoked);
        assertThat(decide(from("192.0.2.1", token))).isEqualTo(RefusalReason.REVOKED);
        comeFrom(issuer.token().subject("alice").sign(), "192.0.2.1");
    }

    @Test
    void theLogSaysItInOneLineWithoutTheToken() {
        RecordedLog.clear();
        String token = issuer.token().subject("eve${forged}").sign();
        comeFrom(token, "192.0.2.1", "198.51.100.1", "203.0.113.1", "2001:db8:1::1");
        assertThat(RecordedLog.audit()).singleElement().asString().satisfies(line -> {
            assertThat(line).startsWith("suspected kind=MANY_NETWORKS count=4 fingerprint=");
            assertThat(line).doesNotContain("${").doesNotContain(token);
        });
    }

    @Test
    void anObserverThatFailsChangesNoDecision() {
        guard.reconfigure(settings(TheftDetection.report()).observer(new GuardObserver() {
            @Override
            public void refused(Refusal refusal) {}

            @Override
            public void suspected(TheftSignal suspicion) {
                throw new IllegalStateException("an observer that fails");
            }
        }));
        comeFrom(token(), "192.0.2.1", "198.51.100.1", "203.0.113.1", "2001:db8:1::1");
        assertThat(suspicions).hasSize(1);
    }

    @Test
    void aSecondDecisionAboutTheSameRequestIsNoSecondUse() {
        String token = token();
        Decision.Granted first =
                (Decision.Granted) guard.decide(from("192.0.2.1", token).build());
        for (String address : List.of("198.51.100.1", "203.0.113.1", "2001:db8:1::1")) {
            assertThat(reasonOf(guard.decideAgain(
                            from(address, token).build(), first.accessToken().orElseThrow())))
                    .isNull();
        }
        assertThat(suspicions).isEmpty();
    }
}

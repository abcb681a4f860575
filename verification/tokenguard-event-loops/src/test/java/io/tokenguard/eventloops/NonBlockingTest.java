package io.tokenguard.eventloops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenguard.TokenGuard;
import io.tokenguard.TokenGuardBuilder;
import io.tokenguard.TrustedIssuer;
import io.tokenguard.TrustedIssuerBuilder;
import io.tokenguard.access.Decision;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.config.ClientAuthentication;
import io.tokenguard.config.Dpop;
import io.tokenguard.config.Introspection;
import io.tokenguard.config.StatusLists;
import io.tokenguard.spi.ReplayStore;
import io.tokenguard.testkit.DpopClient;
import io.tokenguard.testkit.Fault;
import io.tokenguard.testkit.TestEndpoint;
import io.tokenguard.testkit.TestIssuer;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code decideAsync} never blocks the caller, whatever the decision waits for. */
class NonBlockingTest {
    private static final String AUDIENCE = "https://api.example.com";
    private static final Duration SLOW = Duration.ofMillis(300);

    private final EventLoop loop = new EventLoop();
    private final TestIssuer issuer = TestIssuer.builder().audience(AUDIENCE).start();
    private TokenGuard guard;

    @BeforeEach
    void start() {
        guard = guarding(trusted()).build();
    }

    @AfterEach
    void stop() {
        loop.close();
        guard.close();
        issuer.close();
    }

    private TrustedIssuerBuilder trusted() {
        return TrustedIssuer.builder(issuer.issuer()).audience(AUDIENCE);
    }

    private static TokenGuardBuilder guarding(TrustedIssuerBuilder trusted) {
        return TokenGuard.builder()
                .issuer(trusted.build())
                .resourceHosts("api.example.com")
                .route("/orders authenticated");
    }

    private static IncomingRequest bearing(String token) {
        return IncomingRequest.builder("GET", "/orders")
                .overTls()
                .header("Authorization", "Bearer " + token)
                .build();
    }

    private CompletableFuture<Decision> ask(IncomingRequest request) throws Exception {
        return loop.run(() -> guard.decideAsync(request).toCompletableFuture());
    }

    private RefusalReason reasonOf(IncomingRequest request) throws Exception {
        Decision decision = ask(request).get(20, TimeUnit.SECONDS);
        return decision instanceof Decision.Refused refused ? refused.refusal().reason() : null;
    }

    /** Else nothing here proves anything. */
    @Test
    void blockingIsNoticed() {
        assertThatThrownBy(() -> loop.run(() -> {
                    LockSupport.parkNanos(1);
                    return true;
                }))
                .hasRootCauseInstanceOf(reactor.blockhound.BlockingOperationError.class);
    }

    @Test
    void theBlockingCallWouldBlock() throws Exception {
        issuer.on(TestEndpoint.JWKS).answer(Fault.delay(SLOW));
        try (TokenGuard slow = guarding(trusted()).build()) {
            IncomingRequest request = bearing(issuer.token().sign());
            Decision decision = loop.run(() -> slow.decide(request));
            // The guard fails closed on the error that BlockHound throws.
            assertThat(((Decision.Refused) decision).refusal().reason()).isEqualTo(RefusalReason.INTERNAL_FAILURE);
        }
    }

    @Test
    void waitsForTheFirstKeysElsewhere() throws Exception {
        issuer.on(TestEndpoint.JWKS).answer(Fault.delay(SLOW));
        try (TokenGuard slow = guarding(trusted()).build()) {
            IncomingRequest request = bearing(issuer.token().sign());
            CompletableFuture<Decision> decision =
                    loop.run(() -> slow.decideAsync(request).toCompletableFuture());
            assertThat(decision.get(20, TimeUnit.SECONDS)).isInstanceOf(Decision.Granted.class);
        }
    }

    @Test
    void decidesAboutNewAndKnownTokensOnTheLoop() throws Exception {
        assertThat(guard.awaitReady(Duration.ofSeconds(20))).isTrue();
        String token = issuer.token().sign();
        assertThat(ask(bearing(token))).isCompleted();
        assertThat(reasonOf(bearing(token))).isNull();
        assertThat(reasonOf(bearing(issuer.token().expiresAt(Instant.EPOCH).sign())))
                .isEqualTo(RefusalReason.EXPIRED);
        assertThat(reasonOf(bearing("junk"))).isEqualTo(RefusalReason.TOKEN_MALFORMED);
    }

    @Test
    void looksForUnknownKeysElsewhere() throws Exception {
        assertThat(guard.awaitReady(Duration.ofSeconds(20))).isTrue();
        issuer.on(TestEndpoint.JWKS).answer(Fault.delay(SLOW));
        issuer.rotate();
        assertThat(reasonOf(bearing(issuer.token().sign()))).isNull();
    }

    @Test
    void introspectsElsewhere() throws Exception {
        guard.reconfigure(guarding(trusted()
                .introspection(
                        Introspection.at(issuer.introspectionUri(), ClientAuthentication.basic("api", "secret")))));
        issuer.on(TestEndpoint.INTROSPECTION).answer(Fault.delay(SLOW));
        String token = issuer.introspection().opaque();
        assertThat(reasonOf(bearing(token))).isNull();
        assertThat(ask(bearing(token))).isCompleted();
    }

    @Test
    void loadsStatusListsElsewhere() throws Exception {
        guard.reconfigure(guarding(trusted()).statusLists(StatusLists.supported()));
        issuer.on(TestEndpoint.STATUS_LIST).answer(Fault.delay(SLOW));
        assertThat(reasonOf(bearing(issuer.tokenWithStatus(3).sign()))).isNull();
    }

    @Test
    void asksASharedStoreElsewhere() throws Exception {
        guard.reconfigure(guarding(trusted()).dpop(Dpop.supported().replayStore(new SlowStore())));
        assertThat(reasonOf(proven())).isNull();
    }

    @Test
    void usesProofsUpOnTheLoop() throws Exception {
        assertThat(guard.awaitReady(Duration.ofSeconds(20))).isTrue();
        IncomingRequest request = proven();
        assertThat(reasonOf(request)).isNull();
        assertThat(reasonOf(request)).isEqualTo(RefusalReason.PROOF_REPLAYED);
    }

    private IncomingRequest proven() {
        DpopClient client = DpopClient.create();
        String token = issuer.token().boundTo(client.key()).sign();
        String proof = client.proof("GET", "https://api.example.com/orders")
                .forToken(token)
                .sign();
        return IncomingRequest.builder("GET", "/orders")
                .overTls()
                .authority("api.example.com")
                .header("Authorization", "DPoP " + token)
                .header("DPoP", proof)
                .build();
    }

    private static final class SlowStore implements ReplayStore {
        @Override
        public Use use(byte[] proof, Instant madeAt, Instant forgetAt) {
            LockSupport.parkNanos(SLOW.toNanos());
            return Use.FIRST;
        }
    }
}

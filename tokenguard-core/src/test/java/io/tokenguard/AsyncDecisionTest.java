package io.tokenguard;

import static io.tokenguard.GuardedIssuer.bearing;
import static io.tokenguard.GuardedIssuer.guarding;
import static io.tokenguard.GuardedIssuer.reasonOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.AccessRequirement;
import io.tokenguard.access.Decision;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.Refusal;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.SignatureAlgorithm;
import io.tokenguard.config.Dpop;
import io.tokenguard.config.TheftDetection;
import io.tokenguard.spi.GuardObserver;
import io.tokenguard.spi.ReplayStore;
import io.tokenguard.spi.VerificationKey;
import io.tokenguard.testkit.DpopClient;
import io.tokenguard.testkit.Fault;
import io.tokenguard.testkit.TestAlgorithm;
import io.tokenguard.testkit.TestEndpoint;
import io.tokenguard.testkit.TestIssuer;
import io.tokenguard.testkit.TestKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Decisions for event loops: at once where nothing has to be waited for, elsewhere where something has. */
class AsyncDecisionTest {
    private static TestIssuer issuer;

    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final Executor later = tasks::add;

    @BeforeAll
    static void start() {
        issuer = TestIssuer.start();
    }

    @AfterAll
    static void stop() {
        issuer.close();
    }

    private TokenGuard ready(TokenGuardBuilder settings) {
        TokenGuard guard = settings.asyncExecutor(later).build();
        assertThat(guard.awaitReady(Duration.ofSeconds(10))).isTrue();
        return guard;
    }

    private static CompletableFuture<Decision> ask(TokenGuard guard, IncomingRequest request) {
        return guard.decideAsync(request).toCompletableFuture();
    }

    private void runTasks() {
        while (!tasks.isEmpty()) {
            tasks.remove().run();
        }
    }

    @Test
    void decidesAtOnceAboutWhatNeedsNothingFromOutside() {
        try (TokenGuard guard = ready(guarding(issuer).route("/open public"))) {
            String token = issuer.token().sign();
            assertThat(ask(guard, bearing(token))).isCompleted();
            assertThat(reasonOf(ask(guard, bearing(token)).join())).isNull();
            assertThat(reasonOf(ask(guard, bearing("junk")).join())).isEqualTo(RefusalReason.TOKEN_MALFORMED);
            assertThat(reasonOf(ask(guard, GuardedIssuer.request().build()).join()))
                    .isEqualTo(RefusalReason.NO_CREDENTIALS);
            assertThat(ask(guard, IncomingRequest.builder("GET", "/open").build()))
                    .isCompleted();
            assertThat(reasonOf(guard.decideAsync(bearing(token), AccessRequirement.scope("none"))
                            .toCompletableFuture()
                            .join()))
                    .isEqualTo(RefusalReason.SCOPE_INSUFFICIENT);
            assertThat(tasks).isEmpty();
        }
    }

    @Test
    void leavesAnUnknownKeyToAnotherThread() {
        try (TokenGuard guard = ready(guarding(issuer))) {
            CompletableFuture<Decision> unknown =
                    ask(guard, bearing(issuer.token().header("kid", "unknown").sign()));
            assertThat(unknown).isNotDone();
            runTasks();
            assertThat(reasonOf(unknown.join())).isNotNull();
        }
    }

    @Test
    void doesNotWaitForTheFirstKeys() {
        try (TestIssuer slow = TestIssuer.start()) {
            slow.on(TestEndpoint.JWKS).answer(Fault.hang());
            try (TokenGuard guard = guarding(slow).asyncExecutor(later).build()) {
                assertThat(ask(guard, bearing(slow.token().sign()))).isNotDone();
                assertThat(tasks).hasSize(1);
            }
        }
    }

    @Test
    void decidesOnItsOwnThreadsByDefault() throws Exception {
        try (TestIssuer slow = TestIssuer.start();
                TokenGuard guard = guarding(slow).build()) {
            Decision decision = guard.decideAsync(bearing(slow.token().sign()))
                    .toCompletableFuture()
                    .get(10, TimeUnit.SECONDS);
            assertThat(reasonOf(decision)).isNull();
        }
    }

    @Test
    void introspectsElsewhereAndRemembersAnswers() {
        try (IntrospectionDrill drill = IntrospectionDrill.usual()) {
            drill.guard.reconfigure(drill.describe(settings -> settings).asyncExecutor(later));
            String opaque = drill.as().opaque();
            CompletableFuture<Decision> first = ask(drill.guard, bearing(opaque));
            assertThat(first).isNotDone();
            assertThat(drill.calls()).isZero();
            runTasks();
            assertThat(reasonOf(first.join())).isNull();
            assertThat(ask(drill.guard, bearing(opaque))).isCompleted();
            assertThat(drill.calls()).isEqualTo(1);
        }
    }

    @Test
    void asksASharedStoreElsewhere() {
        RecordingStore store = new RecordingStore();
        DpopClient client = DpopClient.create();
        try (TokenGuard guard = ready(guarding(issuer)
                .resourceHosts("api.example.com")
                .dpop(Dpop.supported().replayStore(store)))) {
            CompletableFuture<Decision> first = ask(guard, proven(client));
            assertThat(first).isNotDone();
            assertThat(store.uses).isZero();
            runTasks();
            assertThat(reasonOf(first.join())).isNull();
            assertThat(store.uses).isEqualTo(1);
        }
    }

    /** A proof that was used by the first attempt would be refused by the second. */
    @Test
    void countsRequestsInASharedStoreElsewhereBeforeTheProofIsUsed() {
        RecordingStore store = new RecordingStore();
        DpopClient client = DpopClient.create();
        try (TokenGuard guard = ready(guarding(issuer)
                .resourceHosts("api.example.com")
                .limit("/orders limit 5/1m per subject as " + DrilledLimiter.SHARED)
                .dpop(Dpop.supported().replayStore(store)))) {
            DrilledLimiter.COUNTED.clear();
            CompletableFuture<Decision> first = ask(guard, proven(client));
            assertThat(first).isNotDone();
            assertThat(store.uses).isZero();
            assertThat(DrilledLimiter.COUNTED).isEmpty();
            runTasks();
            assertThat(reasonOf(first.join())).isNull();
            assertThat(DrilledLimiter.COUNTED).hasSize(1);
        }
    }

    @Test
    void usesNoProofForACancelledDecision() {
        RecordingStore store = new RecordingStore();
        DpopClient client = DpopClient.create();
        try (TokenGuard guard = ready(guarding(issuer)
                .resourceHosts("api.example.com")
                .dpop(Dpop.supported().replayStore(store)))) {
            IncomingRequest request = proven(client);
            assertThat(ask(guard, request).cancel(true)).isTrue();
            runTasks();
            assertThat(store.uses).isZero();
            assertThat(reasonOf(guard.decide(request))).isNull();
        }
    }

    private static IncomingRequest proven(DpopClient client) {
        String token = issuer.token().boundTo(client.key()).sign();
        return GuardedIssuer.request()
                .authority("api.example.com")
                .header("Authorization", "DPoP " + token)
                .header(
                        "DPoP",
                        client.proof("GET", "https://api.example.com/orders")
                                .forToken(token)
                                .sign())
                .build();
    }

    /** What only reports may wait: nothing that has an effect comes before it. */
    @Test
    void usesAProofOnceIfARequirementThatOnlyReportsHasToWait() {
        try (IntrospectionDrill drill = IntrospectionDrill.usual()) {
            DpopClient client = DpopClient.withKey(TestKey.generate(TestAlgorithm.ES256), drill.clock);
            drill.guard.reconfigure(drill.describe(settings -> settings)
                    .route("/trial authenticated report-only fresh")
                    .asyncExecutor(later));
            String token = drill.issuer.token().boundTo(client.key()).sign();
            CompletableFuture<Decision> decision = ask(
                    drill.guard,
                    IncomingRequest.builder("GET", "/trial")
                            .authority("api.example.com")
                            .overTls()
                            .header("Authorization", "DPoP " + token)
                            .header(
                                    "DPoP",
                                    client.proof("GET", "https://api.example.com/trial")
                                            .forToken(token)
                                            .sign())
                            .build());
            assertThat(decision).isNotDone();
            runTasks();
            assertThat(reasonOf(decision.join())).isNull();
        }
    }

    /** Everyone can make up tokens that wait for keys. */
    @Test
    void thoseWhoMakeUpTokensTakeNoThreadOfVerifiedOnes() throws Exception {
        DpopClient client = DpopClient.create();
        try (TestIssuer slow = TestIssuer.start()) {
            slow.on(TestEndpoint.JWKS).answer(Fault.hang());
            try (TokenGuard guard = guarding(issuer)
                    .issuer(GuardedIssuer.trusted(slow).build())
                    .resourceHosts("api.example.com")
                    .dpop(Dpop.supported().replayStore(new RecordingStore()))
                    .build()) {
                awaitKeys(guard);
                IncomingRequest forged = bearing(slow.token().sign());
                for (int i = 0; i < 1_200; i++) {
                    CompletableFuture<Decision> unused = ask(guard, forged);
                }
                Decision decision = ask(guard, proven(client)).get(10, TimeUnit.SECONDS);
                assertThat(reasonOf(decision)).isNull();
            }
        }
    }

    private static void awaitKeys(TokenGuard guard) {
        IncomingRequest good = bearing(issuer.token().sign());
        assertThat(reasonOf(guard.decide(good))).isNull();
    }

    @Test
    void endsWithServiceUnavailableIfTheExecutorFails() {
        Executor broken = task -> {
            throw new IllegalStateException("broken");
        };
        try (TokenGuard guard = guarding(issuer).asyncExecutor(broken).build()) {
            assertThat(guard.awaitReady(Duration.ofSeconds(10))).isTrue();
            Decision decision = ask(
                            guard, bearing(issuer.token().header("kid", "other").sign()))
                    .join();
            assertThat(reasonOf(decision)).isEqualTo(RefusalReason.INTERNAL_FAILURE);
        }
    }

    /** Such as a request that its container uses for another one meanwhile. */
    @Test
    void endsWithADecisionIfTheRequestCannotBeReadAnyMore() {
        AtomicBoolean isOver = new AtomicBoolean();
        String token = issuer.token().header("kid", "other").sign();
        IncomingRequest good = bearing(token);
        IncomingRequest request = new IncomingRequest(
                good.method(),
                good.path(),
                good.writtenPath(),
                name -> {
                    if (isOver.get()) {
                        throw new IllegalStateException("recycled");
                    }
                    return good.headers().valuesOf(name);
                },
                good.connection());
        try (TokenGuard guard = ready(guarding(issuer).corsAllowedOrigins("https://app.example.com"))) {
            CompletableFuture<Decision> decision = ask(guard, request);
            assertThat(decision).isNotDone();
            isOver.set(true);
            runTasks();
            assertThat(decision).isCompleted();
            assertThat(reasonOf(decision.join())).isEqualTo(RefusalReason.INTERNAL_FAILURE);
        }
    }

    @Test
    void refusesWithServiceUnavailableIfNoThreadTakesTheDecision() {
        List<Refusal> refusals = new ArrayList<>();
        Executor full = task -> {
            throw new RejectedExecutionException();
        };
        try (TokenGuard guard = ready(guarding(issuer).observer(refusals::add))) {
            guard.reconfigure(guarding(issuer).observer(refusals::add).asyncExecutor(full));
            assertThat(guard.awaitReady(Duration.ofSeconds(10))).isTrue();
            Decision decision = ask(
                            guard, bearing(issuer.token().header("kid", "other").sign()))
                    .join();
            assertThat(reasonOf(decision)).isEqualTo(RefusalReason.INTERNAL_FAILURE);
            Decision.Challenge challenge = ((Decision.Refused) decision).challenge();
            assertThat(challenge.status()).isEqualTo(503);
            assertThat(challenge.headers()).containsKey("Retry-After");
            assertThat(refusals).hasSize(1);
            assertThat(refusals.get(0).detail()).contains("too many decisions wait");
        }
    }

    @Test
    void leavesAllToAnotherThreadIfATheftRevokes() {
        try (TokenGuard guard =
                ready(guarding(issuer).theftDetection(TheftDetection.report().mode(TheftDetection.Mode.REVOKE)))) {
            CompletableFuture<Decision> decision =
                    ask(guard, bearing(issuer.token().sign()));
            assertThat(decision).isNotDone();
            runTasks();
            assertThat(reasonOf(decision.join())).isNull();
        }
    }

    @Test
    void leavesKeysOfTheApplicationToAnotherThread() {
        VerificationKey key = new VerificationKey(
                issuer.currentKey().kid(),
                SignatureAlgorithm.RS256,
                issuer.currentKey().publicKey());
        try (TokenGuard guard = ready(guarding(issuer, trust -> trust.keysFrom((keyId, algorithm) -> key)))) {
            CompletableFuture<Decision> decision =
                    ask(guard, bearing(issuer.token().sign()));
            assertThat(decision).isNotDone();
            runTasks();
            assertThat(reasonOf(decision.join())).isNull();
        }
    }

    @Test
    void usesTheExecutorOfTheConfigurationInEffect() {
        Queue<Runnable> others = new ArrayDeque<>();
        try (TokenGuard guard = ready(guarding(issuer))) {
            guard.reconfigure(guarding(issuer).asyncExecutor(others::add));
            assertThat(guard.awaitReady(Duration.ofSeconds(10))).isTrue();
            CompletableFuture<Decision> decision =
                    ask(guard, bearing(issuer.token().header("kid", "later").sign()));
            assertThat(tasks).isEmpty();
            assertThat(others).hasSize(1);
            others.remove().run();
            assertThat(reasonOf(decision.join())).isNotNull();
        }
    }

    /** A span that begins twice, or never ends, would be wrong in every trace. */
    @Test
    void tellsObserversOfOneBeginningAndOneEnd() {
        Beginnings observer = new Beginnings();
        try (TokenGuard guard = ready(guarding(issuer).observer(observer))) {
            CompletableFuture<Decision> unused =
                    ask(guard, bearing(issuer.token().header("kid", "unseen").sign()));
            assertThat(observer.begun).isEqualTo(1);
            assertThat(observer.ended).isZero();
            runTasks();
            assertThat(observer.begun).isEqualTo(1);
            assertThat(observer.ended).isEqualTo(1);
            assertThat(observer.refused).isEqualTo(1);
        }
    }

    private static final class Beginnings implements GuardObserver {
        private int begun;
        private int ended;

        private int refused;

        @Override
        public void refused(Refusal refusal) {
            refused++;
        }

        @Override
        public Optional<Consumer<Outcome>> deciding(IncomingRequest request) {
            begun++;
            return Optional.of(outcome -> ended++);
        }
    }

    private static final class RecordingStore implements ReplayStore {
        private int uses;

        @Override
        public Use use(byte[] proof, Instant madeAt, Instant forgetAt) {
            uses++;
            return Use.FIRST;
        }
    }

    @Test
    void aCancelledDecisionEnds() {
        Queue<Runnable> tasks = new ArrayDeque<>();
        int[] counts = new int[2];
        GuardObserver observer = new GuardObserver() {
            @Override
            public void refused(Refusal refusal) {}

            @Override
            public Optional<Consumer<Outcome>> deciding(IncomingRequest request) {
                counts[0]++;
                return Optional.of(outcome -> counts[1]++);
            }
        };
        try (TestIssuer own = TestIssuer.start();
                TokenGuard guard = GuardedIssuer.guarding(own)
                        .observer(observer)
                        .asyncExecutor(tasks::add)
                        .build()) {
            assertThat(guard.awaitReady(Duration.ofSeconds(10))).isTrue();
            CompletableFuture<Decision> unknown = guard.decideAsync(GuardedIssuer.bearing(
                            own.token().header("kid", "unknown").sign()))
                    .toCompletableFuture();
            assertThat(unknown.cancel(true)).isTrue();
            while (!tasks.isEmpty()) {
                tasks.remove().run();
            }
            assertThat(counts[0]).isEqualTo(1);
            assertThat(counts[1]).isEqualTo(1);
        }
    }
}

package io.tokenguard;

import static io.tokenguard.GuardedIssuer.bearing;
import static io.tokenguard.GuardedIssuer.reasonOf;
import static io.tokenguard.GuardedIssuer.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tokenguard.access.ConfigurationException;
import io.tokenguard.access.Decision;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.Revocation;
import io.tokenguard.access.SignatureAlgorithm;
import io.tokenguard.config.Dpop;
import io.tokenguard.config.Revocations;
import io.tokenguard.config.Revocations.FailurePolicy;
import io.tokenguard.config.TokenCache;
import io.tokenguard.spi.VerificationKey;
import io.tokenguard.testkit.DpopClient;
import io.tokenguard.testkit.TestAlgorithm;
import io.tokenguard.testkit.TestClock;
import io.tokenguard.testkit.TestIssuer;
import io.tokenguard.testkit.TestKey;
import io.tokenguard.testkit.TokenBuilder;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What was used, revoked or banned under one configuration stays so under the next ones. */
class ReconfiguredStateTest {
    private static final Instant NOW = Instant.parse("2030-01-01T12:00:00Z");
    private static final Duration DAY = Duration.ofHours(24);
    private static final TestKey KEY = TestKey.generate(TestAlgorithm.ES256, "good");
    private static final TestKey BANNED = TestKey.generate(TestAlgorithm.ES256, "banned");

    private final TestClock clock = TestClock.startingAt(NOW);
    private final TestIssuer issuer =
            TestIssuer.builder().clock(clock).keys(KEY, BANNED).start();
    private final TestIssuer second =
            TestIssuer.builder().clock(clock).keys(KEY).start();
    private final DpopClient client = DpopClient.withKey(TestKey.generate(TestAlgorithm.ES256, "client"), clock);

    @AfterEach
    void stop() {
        issuer.close();
        second.close();
    }

    /** What configurations differ in. */
    private record Terms(
            Duration proofMaxAge,
            Duration skew,
            Duration life,
            Optional<Duration> retention,
            int capacity,
            int replayCapacity,
            FailurePolicy outage,
            Optional<String> store,
            boolean remembersTokens,
            boolean asksForNonces,
            boolean trustsSecond) {
        static Terms random(Random random, String name) {
            List<Duration> lives = List.of(Duration.ofHours(1), Duration.ofHours(5), DAY, Duration.ofDays(30));
            Duration life = lives.get(random.nextInt(lives.size()));
            Duration skew = Duration.ofSeconds(random.nextInt(121));
            return new Terms(
                    Duration.ofSeconds(5 + random.nextInt(296)),
                    skew,
                    life,
                    random.nextBoolean()
                            ? Optional.empty()
                            : Optional.of(life.plus(skew.multipliedBy(2)).plusSeconds(random.nextInt(100_000))),
                    1_000 + random.nextInt(5_000),
                    1_000 + random.nextInt(5_000),
                    random.nextBoolean() ? FailurePolicy.FAIL_CLOSED : FailurePolicy.FAIL_OPEN,
                    List.of(Optional.<String>empty(), Optional.of("drill:" + name), Optional.of("drill:other-" + name))
                            .get(random.nextInt(3)),
                    random.nextBoolean(),
                    random.nextBoolean(),
                    random.nextBoolean());
        }
    }

    private TokenGuardBuilder described(Terms terms) {
        Revocations revocations = Revocations.local().outage(terms.outage).capacity(terms.capacity);
        Dpop dpop = Dpop.supported().proofMaxAge(terms.proofMaxAge).replayCapacity(terms.replayCapacity);
        TokenGuardBuilder described = TokenGuard.builder()
                .clock(clock)
                .issuer(trusted(issuer, terms))
                .resourceHosts("api.example.com")
                .route("/orders authenticated")
                .revocations(terms.retention.map(revocations::retention).orElse(revocations))
                .dpop(terms.asksForNonces ? dpop.askForNonces() : dpop)
                .tokenCache(terms.remembersTokens ? TokenCache.on() : TokenCache.off());
        if (terms.trustsSecond) {
            described.issuer(trusted(second, terms));
        }
        terms.store.ifPresent(address -> described.sharedState(URI.create(address)));
        return described;
    }

    /** With keys that are given, so that no test depends on how fast they are fetched. */
    private static TrustedIssuer trusted(TestIssuer issuer, Terms terms) {
        return GuardedIssuer.trusted(issuer)
                .keys(verifying(KEY), verifying(BANNED))
                .clockSkew(terms.skew)
                .maxTokenLifetime(terms.life)
                .build();
    }

    private static VerificationKey verifying(TestKey key) {
        return new VerificationKey(key.kid(), SignatureAlgorithm.ES256, key.publicKey());
    }

    private static void syncAll() {
        DrilledSharedState.OPENED.stream().filter(state -> !state.isClosed).forEach(state -> state.store.sync());
    }

    private TokenBuilder token(TestIssuer from, String id) {
        return from.token().tokenId(id).issuedAt(NOW).expiresAt(NOW.plus(Duration.ofHours(20)));
    }

    private IncomingRequest proven(String token, String proof) {
        return request()
                .header("Host", "api.example.com")
                .header("Authorization", "DPoP " + token)
                .header("DPoP", proof)
                .build();
    }

    private String proof(String token) {
        return client.proof("GET", "https://api.example.com/orders")
                .forToken(token)
                .sign();
    }

    /** A request with a new proof that was granted, after the nonce and the wait that it may need. */
    private IncomingRequest used(TokenGuard guard, String token) {
        IncomingRequest request = proven(token, proof(token));
        while (guard.decide(request) instanceof Decision.Refused refused) {
            prepareRetry(refused);
            request = proven(token, proof(token));
        }
        return request;
    }

    private void prepareRetry(Decision.Refused refused) {
        if (refused.refusal().reason() == RefusalReason.REPLAY_STORE_UNAVAILABLE) {
            String seconds = refused.challenge().headers().get("Retry-After").get(0);
            clock.advance(Duration.ofSeconds(Long.parseLong(seconds)));
            syncAll();
        } else {
            assertThat(refused.refusal().reason()).isEqualTo(RefusalReason.NONCE_REQUIRED);
            client.useNonce(refused.challenge().headers().get("DPoP-Nonce").get(0));
        }
    }

    static IntStream seeds() {
        return IntStream.range(0, Integer.getInteger("test.configurations", 20));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whatWasUsedRevokedOrBannedStaysSo(int seed) {
        Random random = new Random(seed);
        List<IncomingRequest> refused = new ArrayList<>();
        try (TokenGuard guard = described(Terms.random(random, "pair" + seed)).build()) {
            syncAll();
            String bound = issuer.token()
                    .boundTo(client.key())
                    .expiresIn(Duration.ofMinutes(50))
                    .sign();
            refused.add(used(guard, bound));
            guard.banKey("banned");
            refused.add(bearing(token(issuer, "any").key(BANNED).sign()));
            if (!isTrusted(guard, second)) {
                assertThatIllegalArgumentException().isThrownBy(() -> guard.revoke(Revocation.issuer(second.issuer())));
            }
            for (TestIssuer each : Stream.of(issuer, second)
                    .filter(each -> isTrusted(guard, each))
                    .toList()) {
                guard.revoke(Revocation.token(each.issuer(), "stolen"));
                guard.revoke(Revocation.subject(each.issuer(), "bob").issuedBefore(NOW.plusSeconds(1)));
                refused.add(bearing(token(each, "stolen").sign()));
                refused.add(bearing(token(each, "other").subject("bob").sign()));
            }
            for (int change = 0; change < 3; change++) {
                clock.advance(Duration.ofSeconds(random.nextInt(change == 0 ? 200 : 20_000)));
                rejectOne(guard, random, seed);
                Terms next = Terms.random(random, "pair" + seed);
                guard.reconfigure(described(next));
                syncAll();
                assertThat(refused)
                        .allSatisfy(each -> assertThat(reasonOf(guard.decide(each)))
                                .as("%s", next)
                                .isNotNull());
                assertThat(reasonOf(guard.decide(bearing(
                                issuer.token().expiresIn(Duration.ofMinutes(50)).sign()))))
                        .as("%s", next)
                        .isNull();
                String later = issuer.token()
                        .boundTo(client.key())
                        .expiresIn(Duration.ofMinutes(50))
                        .sign();
                refused.add(used(guard, later));
            }
        }
    }

    private static boolean isTrusted(TokenGuard guard, TestIssuer issuer) {
        return guard.health().issuers().stream()
                .anyMatch(known -> known.issuer().equals(issuer.issuer()));
    }

    private void rejectOne(TokenGuard guard, Random random, int seed) {
        Terms terms = Terms.random(random, "rejected" + seed);
        TokenGuardBuilder wrong =
                described(terms).revocations(Revocations.local().capacity(1_000).retention(Duration.ofSeconds(1)));
        assertThatThrownBy(() -> guard.reconfigure(wrong)).isInstanceOf(ConfigurationException.class);
        terms.store.ifPresent(
                address -> assertThat(DrilledSharedState.openedAt(address)).allMatch(state -> state.isClosed));
    }

    private static Terms plain() {
        return with(Duration.ofHours(1));
    }

    private static Terms with(Duration life) {
        return new Terms(
                Duration.ofSeconds(60),
                Duration.ofSeconds(30),
                life,
                Optional.empty(),
                10_000,
                10_000,
                FailurePolicy.FAIL_CLOSED,
                Optional.empty(),
                true,
                false,
                false);
    }

    @Test
    void aUsedProofStaysUsedThoughProofsAreAcceptedForLonger() {
        String bound = issuer.token().boundTo(client.key()).sign();
        try (TokenGuard guard = described(plain()).build()) {
            IncomingRequest used = used(guard, bound);
            clock.advance(Duration.ofSeconds(90));
            IntStream.range(0, 200).forEach(i -> used(guard, bound));
            guard.reconfigure(described(plain()).dpop(Dpop.supported().proofMaxAge(Duration.ofMinutes(5))));
            assertThat(reasonOf(guard.decide(used))).isEqualTo(RefusalReason.PROOF_REPLAYED);
        }
    }

    @Test
    void aRevokedTokenStaysRevokedThoughTokensMayLiveLonger() {
        String revoked = token(issuer, "stolen").sign();
        try (TokenGuard guard = described(plain()).build()) {
            guard.revoke(Revocation.token(issuer.issuer(), "stolen"));
            clock.advance(Duration.ofHours(5));
            Terms longer = with(DAY);
            guard.reconfigure(described(longer));
            assertThat(reasonOf(guard.decide(bearing(revoked)))).isEqualTo(RefusalReason.REVOKED);
            assertThat(reasonOf(guard.decide(bearing(token(issuer, "other").sign()))))
                    .isNull();
        }
    }

    @Test
    void whatWasRevokedBeforeThereWasASharedStateIsHandedToIt() {
        String revoked = token(issuer, "stolen").expiresAt(NOW.plusSeconds(600)).sign();
        try (TokenGuard guard = described(plain()).build();
                TokenGuard other = described(plain()).build()) {
            guard.revoke(Revocation.token(issuer.issuer(), "stolen"));
            guard.reconfigure(described(plain()).sharedState(URI.create("drill:handover")));
            DrilledSharedState state =
                    DrilledSharedState.openedAt("drill:handover").get(0);
            await().until(() -> state.store.published().size() == 1);
            state.store.published().forEach(other::revoke);
            assertThat(reasonOf(other.decide(bearing(revoked)))).isEqualTo(RefusalReason.REVOKED);
        }
    }

    @Test
    void aNewFailurePolicyAppliesToAStateThatStaysOpen() {
        URI address = URI.create("drill:policy");
        TokenGuardBuilder lenient = described(plain())
                .sharedState(address)
                .revocations(Revocations.local().outage(FailurePolicy.FAIL_OPEN));
        IncomingRequest request = bearing(issuer.token().sign());
        try (TokenGuard guard = lenient.build()) {
            assertThat(reasonOf(guard.decide(request))).isNull();
            guard.reconfigure(described(plain()).sharedState(address));
            assertThat(reasonOf(guard.decide(request))).isEqualTo(RefusalReason.REVOCATION_UNKNOWN);
            assertThat(DrilledSharedState.openedAt("drill:policy")).hasSize(1);
        }
    }

    @Test
    void aRejectedConfigurationLeavesTheCapacityAlone() {
        TokenGuardBuilder smaller = described(plain())
                .revocations(Revocations.local().capacity(1_000).retention(Duration.ofSeconds(1)));
        try (TokenGuard guard = described(plain()).build()) {
            IntStream.range(0, 1_500).forEach(i -> guard.revoke(Revocation.token(issuer.issuer(), "t" + i)));
            assertThatThrownBy(() -> guard.reconfigure(smaller)).isInstanceOf(ConfigurationException.class);
            assertThat(guard.revoke(Revocation.token(issuer.issuer(), "one more")))
                    .isTrue();
        }
    }

    /** Another node's use is known to the former store only. */
    @Test
    void aProofThatAnotherNodeUsedIsRefusedOnceAfterTheStateIsChanged() {
        DrilledSharedState state =
                new DrilledSharedState(URI.create("drill:nodes"), new io.tokenguard.spi.SharedState.Terms(clock));
        state.store.sync();
        String bound = issuer.token().boundTo(client.key()).sign();
        try (TokenGuard one = described(plain()).sharedState(state).build();
                TokenGuard other = described(plain()).sharedState(state).build()) {
            IncomingRequest used = used(other, bound);
            clock.advance(Duration.ofSeconds(1));
            one.reconfigure(described(plain()));
            assertThat(reasonOf(one.decide(used))).isEqualTo(RefusalReason.REPLAY_STORE_UNAVAILABLE);
            clock.advance(Duration.ofSeconds(6));
            assertThat(reasonOf(one.decide(used))).isEqualTo(RefusalReason.PROOF_REPLAYED);
            assertThat(reasonOf(one.decide(proven(bound, proof(bound))))).isNull();
        }
    }
}

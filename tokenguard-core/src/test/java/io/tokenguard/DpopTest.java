package io.tokenguard;

import static io.tokenguard.GuardedIssuer.guarding;
import static io.tokenguard.GuardedIssuer.reasonOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.tokenguard.access.AccessRequirement;
import io.tokenguard.access.Confirmation;
import io.tokenguard.access.Confirmation.Binding;
import io.tokenguard.access.Decision;
import io.tokenguard.access.Decision.Challenge;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import io.tokenguard.config.Dpop;
import io.tokenguard.logging.RecordedLog;
import io.tokenguard.testkit.DpopClient;
import io.tokenguard.testkit.DpopProofBuilder;
import io.tokenguard.testkit.TestAlgorithm;
import io.tokenguard.testkit.TestClock;
import io.tokenguard.testkit.TestIssuer;
import io.tokenguard.testkit.TestKey;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9449, in its order, as far as it is about protected resources. The attack catalogue has the invalid proofs. */
class DpopTest {
    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
    private static final String TARGET = "https://api.example.com/orders";
    private static final TestClock CLOCK = TestClock.startingAt(NOW);
    private static final DpopClient CLIENT = DpopClient.withKey(TestKey.generate(TestAlgorithm.ES256), CLOCK);
    private static TestIssuer issuer;
    private static TokenGuard guard;
    private static String bound;

    @BeforeAll
    static void start() {
        issuer = TestIssuer.builder().clock(CLOCK).start();
        guard = guard(Dpop.supported());
        bound = issuer.token()
                .boundTo(CLIENT.key())
                .expiresIn(Duration.ofHours(12))
                .sign();
    }

    @AfterAll
    static void stop() {
        guard.close();
        issuer.close();
    }

    private static TokenGuard guard(Dpop dpop) {
        return guarding(issuer)
                .clock(CLOCK)
                .resourceHosts("api.example.com")
                .dpop(dpop)
                .route("/bound dpop")
                .route("/scoped scope orders:read")
                .build();
    }

    private static DpopProofBuilder proof() {
        return CLIENT.proof("GET", TARGET).forToken(bound);
    }

    private static IncomingRequest.Builder request(String scheme, String token) {
        return request("/orders", scheme, token);
    }

    private static IncomingRequest.Builder request(String path, String scheme, String token) {
        return IncomingRequest.builder("GET", path)
                .overTls()
                .header("Host", "api.example.com")
                .header("Authorization", scheme + " " + token);
    }

    private static IncomingRequest proven(UnaryOperator<DpopProofBuilder> changes) {
        return request("DPoP", bound)
                .header("DPoP", changes.apply(proof()).sign())
                .build();
    }

    private static RefusalReason judge(UnaryOperator<DpopProofBuilder> changes) {
        return reasonOf(guard.decide(proven(changes)));
    }

    private static Challenge challenge(TokenGuard asked, IncomingRequest request) {
        return ((Decision.Refused) asked.decide(request)).challenge();
    }

    @Nested
    class Section42 {
        @ParameterizedTest
        @EnumSource(value = TestAlgorithm.class, to = "ED25519")
        void takesProofsOfEveryAlgorithm(TestAlgorithm algorithm) {
            DpopClient client = DpopClient.withKey(TestKey.generate(algorithm), CLOCK);
            String token = issuer.token().boundTo(client.key()).sign();
            String proof = client.proof("GET", TARGET).forToken(token).sign();
            assertThat(guard.decide(request("DPoP", token).header("DPoP", proof).build()))
                    .isInstanceOfSatisfying(
                            Decision.Granted.class,
                            granted -> assertThat(
                                            granted.accessToken().orElseThrow().confirmation())
                                    .isEqualTo(new Confirmation.DpopKey(
                                            client.key().thumbprint())));
        }

        @Test
        void passesOverMembersThatItDoesNotKnow() {
            assertThat(judge(proof -> proof.claim("x", 1).header("kid", "x"))).isNull();
        }

        @ParameterizedTest
        @ValueSource(strings = {"DPOP+JWT", "dpop+jwt", "application/dpop+jwt"})
        void takesItsTypeInEverySpelling(String type) {
            assertThat(judge(proof -> proof.header("typ", type))).isNull();
        }
    }

    /** The checks in their order: of two faults, the first is the one that is found. */
    @Nested
    class Section43 {
        static Stream<UnaryOperator<DpopProofBuilder>> faultsInOrder() {
            return Stream.of(
                    proof -> proof.signedBy(TestKey.generate(TestAlgorithm.ES256)),
                    proof -> proof.claim("htm", "POST"),
                    proof -> proof.claim("htu", "https://evil.example/orders"),
                    proof -> proof.issuedAt(CLOCK.instant().minusSeconds(61)),
                    proof -> proof.forToken("other"));
        }

        @Test
        void findsFaultsInTheOrderOfTheSpecification() {
            List<String> details = List.of("signature", "htm", "htu", "time", "ath");
            List<UnaryOperator<DpopProofBuilder>> faults = faultsInOrder().toList();
            for (int first = 0; first < faults.size(); first++) {
                DpopProofBuilder proof = proof();
                for (UnaryOperator<DpopProofBuilder> fault : faults.subList(first, faults.size())) {
                    proof = fault.apply(proof);
                }
                Decision decision = guard.decide(
                        request("DPoP", bound).header("DPoP", proof.sign()).build());
                assertThat(((Decision.Refused) decision).refusal().detail()).isEqualTo(details.get(first));
            }
        }

        @Test
        void takesAProofFromSixtySecondsBackToFiveAhead() {
            assertThat(judge(proof -> proof.issuedAt(CLOCK.instant().minusSeconds(60))))
                    .isNull();
            assertThat(judge(proof -> proof.issuedAt(CLOCK.instant().plusSeconds(5))))
                    .isNull();
            assertThat(judge(proof -> proof.issuedAt(CLOCK.instant().minusSeconds(61))))
                    .isEqualTo(RefusalReason.PROOF_INVALID);
            assertThat(judge(proof -> proof.issuedAt(CLOCK.instant().plusSeconds(6))))
                    .isEqualTo(RefusalReason.PROOF_INVALID);
        }

        @ParameterizedTest
        @ValueSource(longs = {Long.MAX_VALUE, Long.MIN_VALUE, 31_556_889_864_403_199L, 253_402_300_799L, -1, 0})
        void answersEveryTimeThereIsWithARefusal(long seconds) {
            assertThat(judge(proof -> proof.claim("iat", seconds))).isEqualTo(RefusalReason.PROOF_INVALID);
            assertThat(judge(proof -> proof.claim("nbf", Long.MAX_VALUE))).isEqualTo(RefusalReason.PROOF_INVALID);
        }

        @Test
        void keepsToTheEndThatAProofSetsItself() {
            assertThat(judge(proof -> proof.claim("exp", CLOCK.instant().getEpochSecond() + 1)))
                    .isNull();
            assertThat(judge(proof -> proof.claim("exp", CLOCK.instant().getEpochSecond())))
                    .isEqualTo(RefusalReason.PROOF_INVALID);
            assertThat(judge(proof -> proof.claim("nbf", CLOCK.instant().getEpochSecond() + 5)))
                    .isNull();
            assertThat(judge(proof -> proof.claim("nbf", CLOCK.instant().getEpochSecond() + 6)))
                    .isEqualTo(RefusalReason.PROOF_INVALID);
        }

        @Test
        void keepsToTheWindowThatIsConfigured() {
            try (TokenGuard narrow = guard(Dpop.supported().proofMaxAge(Duration.ofSeconds(10)))) {
                Instant now = CLOCK.instant();
                assertThat(reasonOf(narrow.decide(proven(proof -> proof.issuedAt(now.minusSeconds(10))))))
                        .isNull();
                assertThat(reasonOf(narrow.decide(proven(proof -> proof.issuedAt(now.minusSeconds(11))))))
                        .isEqualTo(RefusalReason.PROOF_INVALID);
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"0s", "5s", "60s"})
        void acceptsAClockThatIsAheadByTheConfiguredSkew(String skew) {
            Duration ahead = Duration.parse("PT" + skew);
            try (TokenGuard guard = guard(Dpop.supported().clockSkew(ahead))) {
                Instant latest = CLOCK.instant().plus(ahead);
                assertThat(reasonOf(guard.decide(proven(proof -> proof.issuedAt(latest)))))
                        .isNull();
                assertThat(reasonOf(guard.decide(proven(proof -> proof.issuedAt(latest.plusSeconds(1))))))
                        .isEqualTo(RefusalReason.PROOF_INVALID);
            }
        }

        // RFC 7519 §2: a NumericDate may have a fraction.
        @ParameterizedTest
        @ValueSource(strings = {"0.5", "0.123456", "0.99999999", "5.9"})
        void roundsAFractionOfASecondDown(String ahead) {
            BigDecimal now = BigDecimal.valueOf(CLOCK.instant().getEpochSecond());
            assertThat(judge(proof -> proof.claim("iat", now.add(new BigDecimal(ahead)))))
                    .isNull();
            assertThat(judge(proof -> proof.claim("iat", now.subtract(new BigDecimal("60.5")))))
                    .isEqualTo(RefusalReason.PROOF_INVALID);
            assertThat(judge(proof -> proof.claim("exp", now.add(new BigDecimal("0.9")))))
                    .isEqualTo(RefusalReason.PROOF_INVALID);
            assertThat(judge(proof -> proof.claim("exp", now.add(new BigDecimal("1.5")))))
                    .isNull();
        }

        @Test
        void takesTheAlgorithmsThatAreConfiguredOnly() {
            try (TokenGuard narrow =
                    guard(Dpop.supported().algorithms(io.tokenguard.access.SignatureAlgorithm.ES384))) {
                assertThat(reasonOf(narrow.decide(proven(UnaryOperator.identity()))))
                        .isEqualTo(RefusalReason.PROOF_INVALID);
            }
        }
    }

    @Nested
    class Section61 {
        @Test
        void refusesTheProofOfAnotherKey() {
            String others = issuer.token()
                    .boundTo(TestKey.generate(TestAlgorithm.ES256))
                    .sign();
            String proof = CLIENT.proof("GET", TARGET).forToken(others).sign();
            assertThat(reasonOf(guard.decide(
                            request("DPoP", others).header("DPoP", proof).build())))
                    .isEqualTo(RefusalReason.BINDING_MISMATCH);
        }
    }

    @Nested
    class Section71 {
        @Test
        void refusesATokenThatIsNotBound() {
            String unbound = issuer.token().sign();
            String proof = CLIENT.proof("GET", TARGET).forToken(unbound).sign();
            assertThat(reasonOf(guard.decide(
                            request("DPoP", unbound).header("DPoP", proof).build())))
                    .isEqualTo(RefusalReason.BINDING_MISSING);
        }

        @Test
        void namesTheAlgorithmsInItsChallengeAndTheErrorUnderTheSchemeThatWasUsed() {
            Challenge challenge = challenge(guard, request("DPoP", bound).build());
            assertThat(challenge.status()).isEqualTo(401);
            assertThat(challenge.wwwAuthenticate())
                    .containsExactly(
                            "Bearer realm=\"api\"",
                            "DPoP realm=\"api\", algs=\"RS256 RS384 RS512 PS256 PS384 PS512 ES256 ES384 ES512 EdDSA\","
                                    + " error=\"invalid_dpop_proof\", error_description=\"The DPoP proof is not a fresh"
                                    + " one for this request and access token\"");
        }

        @Test
        void saysUnderDpopWhatIsWrongWithItsFieldToo() {
            Challenge challenge = challenge(guard, request("DPoP", "a b").build());
            assertThat(challenge.status()).isEqualTo(400);
            assertThat(challenge.wwwAuthenticate())
                    .singleElement()
                    .asString()
                    .startsWith("DPoP ")
                    .contains("invalid_request");
        }

        @Test
        void challengesWithDpopAloneWhereOnlyBoundTokensAreServed() {
            try (TokenGuard strict = guard(Dpop.required())) {
                Challenge challenge = challenge(
                        strict, request("Bearer", issuer.token().sign()).build());
                assertThat(challenge.wwwAuthenticate())
                        .singleElement()
                        .asString()
                        .startsWith("DPoP realm=\"api\", algs=")
                        .contains("error=\"invalid_token\"");
                assertThat(reasonOf(strict.decide(proven(UnaryOperator.identity()))))
                        .isNull();
            }
        }

        @Test
        void asksForDpopByRouteWhereBothAreServed() {
            IncomingRequest plain =
                    request("/bound", "Bearer", issuer.token().sign()).build();
            assertThat(reasonOf(guard.decide(plain))).isEqualTo(RefusalReason.BINDING_INSUFFICIENT);
            assertThat(challenge(guard, plain).wwwAuthenticate())
                    .singleElement()
                    .asString()
                    .startsWith("DPoP ");
        }
    }

    @Nested
    class Section72 {
        @Test
        void neverTakesABoundTokenForABearerTokenWithOrWithoutAProof() {
            assertThat(reasonOf(guard.decide(request("Bearer", bound).build())))
                    .isEqualTo(RefusalReason.BINDING_DOWNGRADE);
            assertThat(reasonOf(guard.decide(request("Bearer", bound)
                            .header("DPoP", proof().sign())
                            .build())))
                    .isEqualTo(RefusalReason.BINDING_DOWNGRADE);
        }

        @Test
        void neverTakesABoundTokenForABearerTokenWhereDpopIsOff() {
            try (TokenGuard off = guarding(issuer)
                    .clock(CLOCK)
                    .dpop(Dpop.off())
                    .route("/orders authenticated")
                    .build()) {
                assertThat(reasonOf(off.decide(request("Bearer", bound).build())))
                        .isEqualTo(RefusalReason.BINDING_UNSUPPORTED);
                assertThat(reasonOf(off.decide(proven(UnaryOperator.identity()))))
                        .isEqualTo(RefusalReason.NO_CREDENTIALS);
            }
        }

        /** RFC 7800 §3.1: members that are not understood are ignored, beside one that is. */
        @Test
        void ignoresUnknownMembersOfTheConfirmation() {
            String token = issuer.token()
                    .claim("cnf", Map.of("jkt", CLIENT.key().thumbprint(), "kid", "x", "rdt", 1))
                    .sign();
            String proof = CLIENT.proof("GET", TARGET).forToken(token).sign();
            assertThat(reasonOf(guard.decide(
                            request("DPoP", token).header("DPoP", proof).build())))
                    .isNull();
            assertThat(reasonOf(guard.decide(request("Bearer", token).build())))
                    .isEqualTo(RefusalReason.BINDING_DOWNGRADE);
        }

        @Test
        void takesATokenWhoseConfirmationIsNullForABearerToken() {
            String token = issuer.token().claim("cnf", null).sign();
            assertThat(reasonOf(guard.decide(request("Bearer", token).build()))).isNull();
            assertThatNoException().isThrownBy(() -> guard.validate(token));
        }

        @Test
        void takesBearerTokensBesideBoundOnes() {
            assertThat(reasonOf(guard.decide(
                            request("Bearer", issuer.token().sign()).build())))
                    .isNull();
        }

        @Test
        void validatesNoBoundTokenWithoutARequest() {
            assertThatExceptionOfType(RefusedException.class)
                    .isThrownBy(() -> guard.validate(bound))
                    .satisfies(refused -> assertThat(refused.reason()).isEqualTo(RefusalReason.BINDING_DOWNGRADE));
        }
    }

    @Nested
    class Section8 {
        private final TokenGuard asking = guard(Dpop.supported().askForNonces());

        private Decision decide(String nonce) {
            return asking.decide(proven(proof -> nonce.isEmpty() ? proof : proof.claim("nonce", nonce)));
        }

        private String freshNonce() {
            return ((Decision.Refused) decide(""))
                    .challenge()
                    .headers()
                    .get("DPoP-Nonce")
                    .get(0);
        }

        @Test
        void asksForANonceAndTakesTheOneItGave() {
            Challenge challenge = ((Decision.Refused) decide("")).challenge();
            assertThat(reasonOf(decide(""))).isEqualTo(RefusalReason.NONCE_REQUIRED);
            assertThat(challenge.status()).isEqualTo(401);
            assertThat(challenge.wwwAuthenticate().get(1)).contains("error=\"use_dpop_nonce\"");
            assertThat(challenge.headers()).doesNotContainKey("Access-Control-Expose-Headers");
            assertThat(decide(freshNonce()))
                    .isInstanceOfSatisfying(
                            Decision.Granted.class,
                            granted -> assertThat(granted.responseHeaders()).isEmpty());
        }

        @ParameterizedTest
        @ValueSource(strings = {"x", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
        void asksAgainWhereTheNonceIsNoneOfItsOwn(String nonce) {
            assertThat(reasonOf(decide(nonce))).isEqualTo(RefusalReason.NONCE_REQUIRED);
        }

        @Test
        void offersAFreshNonceWithTheGrantBeforeTheOldOneEnds() {
            String nonce = freshNonce();
            CLOCK.advance(Duration.ofMinutes(5));
            assertThat(decide(nonce))
                    .isInstanceOfSatisfying(
                            Decision.Granted.class,
                            granted -> assertThat(granted.responseHeaders().get("DPoP-Nonce"))
                                    .isEqualTo(freshNonce())
                                    .isNotEqualTo(nonce));
            CLOCK.advance(Duration.ofMinutes(5));
            assertThat(reasonOf(decide(nonce))).isEqualTo(RefusalReason.NONCE_REQUIRED);
        }

        @Test
        void takesTheNoncesOfNodesWithTheSameSecretAndOfNoOthers() {
            String nonce = freshNonce();
            assertThat(accepts(Dpop.supported().askForNonces(), nonce)).isFalse();
            Dpop shared = Dpop.supported().askForNonces().nonceSecret("0123456789abcdef0123456789abcdef");
            try (TokenGuard one = guard(shared)) {
                String given = challenge(one, proven(UnaryOperator.identity()))
                        .headers()
                        .get("DPoP-Nonce")
                        .get(0);
                assertThat(accepts(shared, given)).isTrue();
            }
        }

        private boolean accepts(Dpop settings, String nonce) {
            try (TokenGuard other = guard(settings)) {
                return reasonOf(other.decide(proven(proof -> proof.claim("nonce", nonce)))) == null;
            }
        }

        @Test
        void keepsItsNoncesWhenItIsConfiguredAnew() {
            String nonce = freshNonce();
            asking.reconfigure(guarding(issuer)
                    .clock(CLOCK)
                    .resourceHosts("api.example.com")
                    .dpop(Dpop.supported().askForNonces()));
            assertThat(reasonOf(decide(nonce))).isNull();
        }

        /** Fetch Standard §3.2.3: scripts of other origins see only what is exposed. */
        @Test
        void exposesTheNonceToScriptsWhereTheyAreLetIn() {
            try (TokenGuard open = guarding(issuer)
                    .clock(CLOCK)
                    .resourceHosts("api.example.com")
                    .passCorsPreflight()
                    .dpop(Dpop.supported().askForNonces())
                    .build()) {
                assertThat(challenge(open, proven(UnaryOperator.identity())).headers())
                        .containsEntry("Access-Control-Expose-Headers", List.of("DPoP-Nonce, WWW-Authenticate"));
            }
        }
    }

    /** Each proof once, and only by the request that it lets pass. */
    @Nested
    class Section111 {
        @Test
        void refusesAProofTheSecondTimeAsLongAsItIsGood() {
            IncomingRequest request =
                    proven(proof -> proof.issuedAt(CLOCK.instant().plusSeconds(5)));
            assertThat(reasonOf(guard.decide(request))).isNull();
            assertThat(reasonOf(guard.decide(request))).isEqualTo(RefusalReason.PROOF_REPLAYED);
            CLOCK.advance(Duration.ofSeconds(65));
            assertThat(reasonOf(guard.decide(request))).isEqualTo(RefusalReason.PROOF_REPLAYED);
            CLOCK.advance(Duration.ofSeconds(1));
            assertThat(reasonOf(guard.decide(request))).isEqualTo(RefusalReason.PROOF_INVALID);
        }

        @Test
        void spendsNoProofOfARequestThatIsRefused() {
            String proof = CLIENT.proof("GET", "https://api.example.com/scoped")
                    .forToken(bound)
                    .sign();
            IncomingRequest refused =
                    request("/scoped", "DPoP", bound).header("DPoP", proof).build();
            assertThat(reasonOf(guard.decide(refused))).isEqualTo(RefusalReason.SCOPE_INSUFFICIENT);
            assertThat(reasonOf(guard.decide(refused, AccessRequirement.authenticated())))
                    .isNull();
            assertThat(reasonOf(guard.decide(refused, AccessRequirement.authenticated())))
                    .isEqualTo(RefusalReason.PROOF_REPLAYED);
        }

        @Test
        void spendsNoProofForWhatIsOnTrial() {
            AccessRequirement trial = AccessRequirement.open().reportOnly(AccessRequirement.bound(Binding.DPOP));
            IncomingRequest request = proven(UnaryOperator.identity());
            assertThat(reasonOf(guard.decide(request, trial))).isNull();
            assertThat(reasonOf(guard.decide(request))).isNull();
        }

        @Test
        void asksForNoProofTwiceWithinOneRequest() {
            IncomingRequest request = proven(UnaryOperator.identity());
            Decision.Granted first = (Decision.Granted) guard.decide(request);
            assertThat(reasonOf(guard.decideAgain(request, first.accessToken().orElseThrow())))
                    .isNull();
        }

        @Test
        void letsNoOtherClientSpendAnIdentifier() {
            DpopClient other = DpopClient.withKey(TestKey.generate(TestAlgorithm.ES256), CLOCK);
            String others = issuer.token().boundTo(other.key()).sign();
            String same = other.proof("GET", TARGET)
                    .forToken(others)
                    .claim("jti", "same")
                    .sign();
            assertThat(reasonOf(guard.decide(
                            request("DPoP", others).header("DPoP", same).build())))
                    .isNull();
            assertThat(judge(proof -> proof.claim("jti", "same"))).isNull();
            assertThat(judge(proof -> proof.claim("jti", "same"))).isEqualTo(RefusalReason.PROOF_REPLAYED);
        }

        @Test
        void knowsAnIdentifierHoweverTheRestIsSpelt() {
            String id = "spelt";
            assertThat(judge(proof -> proof.claim("jti", id))).isNull();
            assertThat(judge(proof -> proof.claim("jti", id).claim("htu", "HTTPS://API.example.com:443/orders?x")))
                    .isEqualTo(RefusalReason.PROOF_REPLAYED);
        }

        @Test
        void remembersAcrossConfigurations() {
            try (TokenGuard changing = guard(Dpop.supported())) {
                IncomingRequest request = proven(UnaryOperator.identity());
                assertThat(reasonOf(changing.decide(request))).isNull();
                changing.reconfigure(guarding(issuer).clock(CLOCK));
                assertThat(reasonOf(changing.decide(request))).isEqualTo(RefusalReason.PROOF_REPLAYED);
            }
        }

        @Test
        void answersWith503OnceTheKeyHasUsedUpItsShareOfTheMemory() {
            try (TokenGuard small = guard(Dpop.supported().replayCapacity(1_000))) {
                for (int i = 0; i < 100; i++) {
                    assertThat(reasonOf(small.decide(proven(UnaryOperator.identity()))))
                            .isNull();
                }
                Challenge challenge = challenge(small, proven(UnaryOperator.identity()));
                assertThat(challenge.status()).isEqualTo(503);
                assertThat(challenge.headers()).containsKey("Retry-After");
            }
        }

        @Test
        void letsExactlyOneOfManyAtOncePass() throws Exception {
            ExecutorService pool = Executors.newFixedThreadPool(64);
            try {
                for (int round = 0; round < 50; round++) {
                    IncomingRequest request = proven(UnaryOperator.identity());
                    long passed = pool
                            .invokeAll(IntStream.range(0, 64)
                                    .<java.util.concurrent.Callable<Boolean>>mapToObj(
                                            i -> () -> reasonOf(guard.decide(request)) == null)
                                    .toList())
                            .stream()
                            .filter(DpopTest::hasPassed)
                            .count();
                    assertThat(passed).isEqualTo(1);
                }
            } finally {
                pool.shutdownNow();
            }
        }

        @Test
        void usesTheStoreThatIsPluggedInAndClosesItWithTheGuard() {
            RecordingStore store = new RecordingStore();
            try (TokenGuard plugged = guard(Dpop.supported().replayStore(store))) {
                assertThat(reasonOf(plugged.decide(proven(UnaryOperator.identity()))))
                        .isNull();
                plugged.reconfigure(
                        guarding(issuer).clock(CLOCK).dpop(Dpop.supported().replayStore(store)));
                assertThat(store.closed).isFalse();
            }
            assertThat(store.uses).hasSize(1);
            assertThat(store.uses.get(0)).isEqualTo(Optional.of(32));
            assertThat(store.closed).isTrue();
        }
    }

    /** What would let somebody make, use or trace a proof is in no log and no text of a value. */
    @Test
    void showsNothingOfProofsNoncesThumbprintsAndSecrets() {
        String secret = "canary-canary-canary-canary-canary";
        RecordedLog.clear();
        Dpop settings = Dpop.supported().askForNonces().nonceSecret(secret);
        try (TokenGuard asking = guard(settings)) {
            IncomingRequest request = proven(proof -> proof.claim("jti", "canary-id"));
            Decision.Refused asked = (Decision.Refused) asking.decide(request);
            String nonce = asked.challenge().headers().get("DPoP-Nonce").get(0);
            IncomingRequest good = proven(proof -> proof.claim("nonce", nonce).claim("jti", "canary-id"));
            Decision granted = asking.decide(good);
            Decision repeated = asking.decide(good);
            Decision wrong =
                    asking.decide(proven(proof -> proof.claim("htu", "https://other.example/?key=canary-query")));
            assertThat(granted).isInstanceOf(Decision.Granted.class);
            List<String> texts = Stream.concat(
                            RecordedLog.recent().stream().map(RecordedLog.Event::text),
                            Stream.of(settings, request, asked.refusal(), granted, repeated, wrong)
                                    .map(Object::toString))
                    .toList();
            assertThat(RecordedLog.audit())
                    .filteredOn(line -> line.startsWith("refused "))
                    .hasSize(3);
            assertThat(texts)
                    .noneMatch(text -> text.contains("canary")
                            || text.contains("eyJ")
                            || text.contains(CLIENT.key().thumbprint()));
            assertThat(RecordedLog.recent()).noneMatch(event -> event.text().contains(nonce));
        }
    }

    private static boolean hasPassed(java.util.concurrent.Future<Boolean> done) {
        try {
            return done.get();
        } catch (InterruptedException | java.util.concurrent.ExecutionException failure) {
            throw new AssertionError(failure);
        }
    }

    private static final class RecordingStore implements io.tokenguard.spi.ReplayStore {
        private final List<Optional<Integer>> uses = new java.util.ArrayList<>();
        private boolean closed;

        @Override
        public Use use(byte[] proof, Instant madeAt, Instant forgetAt) {
            uses.add(Optional.of(proof.length));
            return Use.FIRST;
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}

package io.tokenguard.internal.possession;

import static io.tokenguard.internal.Attempt.detailOf;
import static io.tokenguard.internal.Attempt.reasonOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tokenguard.access.AccessToken;
import io.tokenguard.access.Confirmation;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import io.tokenguard.access.SignatureAlgorithm;
import io.tokenguard.internal.jose.SignatureEngine;
import io.tokenguard.internal.request.PresentedCredentials;
import io.tokenguard.internal.request.TargetUriPolicy;
import io.tokenguard.spi.ReplayStore;
import io.tokenguard.testkit.DpopClient;
import io.tokenguard.testkit.TestAlgorithm;
import io.tokenguard.testkit.TestCertificate;
import io.tokenguard.testkit.TestClock;
import io.tokenguard.testkit.TestKey;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9449 §7, RFC 8705 §3, RFC 7800 §3.1. */
class PossessionCheckTest {
    private static final String TOKEN = "a.b.c";
    private static final TestKey KEY = TestKey.generate(TestAlgorithm.ES256, "client");
    private static final TestCertificate CLIENT = TestCertificate.selfSigned("client");
    private static final TestCertificate OTHER = TestCertificate.selfSigned("other");
    private static final TargetUriPolicy TARGETS = new TargetUriPolicy(Optional.empty(), List.of(), List.of());
    private static final byte[] SECRET = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private final TestClock clock = TestClock.startingAt(Instant.parse("2030-01-01T00:00:00Z"));
    private final DpopClient client = DpopClient.withKey(KEY, clock);
    private final Store store = new Store();
    private BindingSupport dpop = BindingSupport.SUPPORTED;
    private BindingSupport mtls = BindingSupport.SUPPORTED;
    private boolean demandsBinding;

    /** A shared store that answers what it is set to. */
    private static final class Store implements ReplayStore {
        private Use answer = Use.FIRST;
        private Instant knownSince = Instant.MIN;
        private int closed;

        @Override
        public Use use(byte[] proof, Instant madeAt, Instant forgetAt) {
            return answer;
        }

        @Override
        public Instant knownSince() {
            return knownSince;
        }

        @Override
        public void close() {
            closed++;
        }
    }

    private PossessionCheck check(Optional<NonceIssuer> nonces) {
        return new PossessionCheck(new PossessionPolicy(
                new DpopPolicy(dpop, Set.of(SignatureAlgorithm.ES256), Duration.ofSeconds(60), Duration.ofSeconds(5)),
                new CertificatePolicy(mtls, new ClientCertificatePolicy(Optional.empty(), TARGETS)),
                demandsBinding,
                TARGETS,
                nonces,
                new UsedProofs(
                        new InMemoryReplayStore(clock, 1_000),
                        new ReplayPolicy(
                                1_000,
                                Duration.ofSeconds(60),
                                Duration.ofSeconds(5),
                                Optional.of(store),
                                new ReplayPolicy.Outage(Duration.ofMillis(250), Duration.ZERO, false))),
                SignatureEngine.platform(),
                clock));
    }

    private PossessionCheck check() {
        return check(Optional.empty());
    }

    private static AccessToken token(Object confirmation) {
        Map<String, Object> claims = new HashMap<>();
        claims.put("cnf", confirmation);
        return AccessToken.builder("https://issuer.example").claims(claims).build();
    }

    private static AccessToken unbound() {
        return AccessToken.builder("https://issuer.example").claims(Map.of()).build();
    }

    private static AccessToken ofKey() {
        return token(Map.of("jkt", KEY.thumbprint()));
    }

    private static AccessToken ofCertificate() {
        return token(Map.of("x5t#S256", CLIENT.thumbprint()));
    }

    private static AccessToken ofBoth() {
        return token(Map.of("jkt", KEY.thumbprint(), "x5t#S256", CLIENT.thumbprint()));
    }

    private IncomingRequest.Builder request() {
        return IncomingRequest.builder("GET", "/orders").overTls().header("Host", "api.example.com");
    }

    private IncomingRequest.Builder proven() {
        return request()
                .header(
                        "DPoP",
                        client.proof("GET", "https://api.example.com/orders")
                                .forToken(TOKEN)
                                .sign());
    }

    private ProvenToken bearer(IncomingRequest.Builder request, AccessToken token) throws RefusedException {
        return check().check(request.build(), new PresentedCredentials.Bearer("Bearer " + TOKEN, 7), token);
    }

    private ProvenToken dpop(IncomingRequest.Builder request, AccessToken token) throws RefusedException {
        return check().check(request.build(), new PresentedCredentials.Dpop("DPoP " + TOKEN, 5), token);
    }

    private static IncomingRequest.Builder showing(IncomingRequest.Builder request, TestCertificate certificate) {
        return request.clientCertificates(List.of(certificate.certificate()));
    }

    @Nested
    class UnboundTokens {
        @Test
        void areBearerTokens() throws RefusedException {
            ProvenToken held = bearer(request(), unbound());
            assertThat(held.token().confirmation()).isEqualTo(new Confirmation.None());
            assertThat(held.use()).isEmpty();
            assertThat(held.freshNonce()).isEmpty();
        }

        @Test
        void areNoDpopTokens() {
            assertThat(reasonOf(() -> dpop(proven(), unbound()))).isEqualTo(RefusalReason.BINDING_MISSING);
            assertThat(detailOf(() -> dpop(proven(), unbound()))).isEqualTo("jkt");
        }

        @Test
        void areRefusedWhereABindingIsRequired() {
            dpop = BindingSupport.REQUIRED;
            assertThat(reasonOf(() -> bearer(request(), unbound()))).isEqualTo(RefusalReason.BINDING_REQUIRED);
            dpop = BindingSupport.OFF;
            mtls = BindingSupport.REQUIRED;
            assertThat(reasonOf(() -> bearer(request(), unbound()))).isEqualTo(RefusalReason.BINDING_REQUIRED);
            assertThat(detailOf(() -> bearer(request(), unbound()))).isEqualTo("x5t#S256");
            mtls = BindingSupport.OFF;
            assertThat(reasonOf(() -> bearer(request(), unbound()))).isNull();
            demandsBinding = true;
            assertThat(reasonOf(() -> bearer(request(), unbound()))).isEqualTo(RefusalReason.BINDING_REQUIRED);
            assertThat(reasonOf(() -> bearer(request(), ofKey()))).isEqualTo(RefusalReason.BINDING_UNSUPPORTED);
        }
    }

    @Nested
    class TokensBoundToAKey {
        @Test
        void needAProofUnderTheSchemeDpop() throws RefusedException {
            ProvenToken held = dpop(proven(), ofKey());
            assertThat(held.token().confirmation()).isEqualTo(new Confirmation.DpopKey(KEY.thumbprint()));
            assertThat(held.use()).isPresent();
            assertThat(reasonOf(() -> dpop(request(), ofKey()))).isEqualTo(RefusalReason.PROOF_INVALID);
        }

        @Test
        void areNoBearerTokens() {
            assertThat(reasonOf(() -> bearer(proven(), ofKey()))).isEqualTo(RefusalReason.BINDING_DOWNGRADE);
        }

        @Test
        void areRefusedWhereThatIsOff() {
            dpop = BindingSupport.OFF;
            assertThat(reasonOf(() -> dpop(proven(), ofKey()))).isEqualTo(RefusalReason.BINDING_UNSUPPORTED);
            assertThat(detailOf(() -> dpop(proven(), ofKey()))).isEqualTo("jkt");
        }

        @Test
        void areRefusedWhereACertificateIsRequired() {
            mtls = BindingSupport.REQUIRED;
            assertThat(reasonOf(() -> dpop(proven(), ofKey()))).isEqualTo(RefusalReason.BINDING_REQUIRED);
        }
    }

    @Nested
    class TokensBoundToACertificate {
        @Test
        void needThatCertificate() throws RefusedException {
            ProvenToken held = bearer(showing(request(), CLIENT), ofCertificate());
            assertThat(held.token().confirmation()).isEqualTo(new Confirmation.Certificate(CLIENT.thumbprint()));
            assertThat(reasonOf(() -> bearer(request(), ofCertificate()))).isEqualTo(RefusalReason.BINDING_MISSING);
            assertThat(reasonOf(() -> bearer(showing(request(), OTHER), ofCertificate())))
                    .isEqualTo(RefusalReason.BINDING_MISMATCH);
        }

        @Test
        void areRefusedWithTheThumbprintThatWasShown() {
            RefusedException refused = catchThrowableOfType(
                    RefusedException.class, () -> bearer(showing(request(), OTHER), ofCertificate()));
            assertThat(refused.finding().found())
                    .isEqualTo("certificate " + OTHER.thumbprint() + " in the TLS connection");
            assertThat(refused.finding().expected()).isEqualTo("certificate " + CLIENT.thumbprint());
        }

        @Test
        void areRefusedWhereThatIsOff() {
            mtls = BindingSupport.OFF;
            assertThat(reasonOf(() -> bearer(showing(request(), CLIENT), ofCertificate())))
                    .isEqualTo(RefusalReason.BINDING_UNSUPPORTED);
            assertThat(detailOf(() -> bearer(request(), ofCertificate()))).isEqualTo("x5t#S256");
        }

        @Test
        void areRefusedWhereAKeyIsRequired() {
            dpop = BindingSupport.REQUIRED;
            assertThat(reasonOf(() -> bearer(showing(request(), CLIENT), ofCertificate())))
                    .isEqualTo(RefusalReason.BINDING_REQUIRED);
        }
    }

    @Test
    void aTokenWithTwoBindingsNeedsBothProofs() throws RefusedException {
        ProvenToken held = dpop(showing(proven(), CLIENT), ofBoth());
        assertThat(held.token().confirmation())
                .isEqualTo(new Confirmation.KeyAndCertificate(
                        new Confirmation.DpopKey(KEY.thumbprint()), new Confirmation.Certificate(CLIENT.thumbprint())));
        assertThat(held.use()).isPresent();
        assertThat(reasonOf(() -> dpop(proven(), ofBoth()))).isEqualTo(RefusalReason.BINDING_MISSING);
        assertThat(reasonOf(() -> dpop(showing(request(), CLIENT), ofBoth()))).isEqualTo(RefusalReason.PROOF_INVALID);
    }

    @Nested
    class Confirmations {
        private RefusalReason refusal(Object confirmation) {
            return reasonOf(() -> bearer(request(), token(confirmation)));
        }

        @Test
        void ofNullAreNone() {
            assertThat(refusal(null)).isNull();
        }

        @Test
        void haveAKnownMethod() {
            for (Object unknown : List.of("jkt", List.of(), Map.of(), Map.of("x5u", "https://a.example"))) {
                assertThat(refusal(unknown)).as(unknown.toString()).isEqualTo(RefusalReason.BINDING_UNSUPPORTED);
            }
        }

        @Test
        void mayHaveFurtherMembers() throws RefusedException {
            AccessToken token = token(Map.of("jkt", KEY.thumbprint(), "x", 1L));
            assertThat(dpop(proven(), token).use()).isPresent();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4",
                    "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I=",
                    "0ZcOCORZNYy+DWpqq30jZyJGHTN0d2HglBV3uiguA4I",
                    "0ZcOCORZNYy/DWpqq30jZyJGHTN0d2HglBV3uiguA4I",
                    "\u00e9ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I"
                })
        void areSha256InBase64Url(String thumbprint) {
            assertThat(refusal(Map.of("jkt", thumbprint))).isEqualTo(RefusalReason.BINDING_UNSUPPORTED);
            assertThat(refusal(Map.of("x5t#S256", thumbprint))).isEqualTo(RefusalReason.BINDING_UNSUPPORTED);
            assertThat(refusal(Map.of("jkt", 1L))).isEqualTo(RefusalReason.BINDING_UNSUPPORTED);
        }

        @Test
        void areRefusedWithTheNamesOfTheirMethods() {
            RefusedException refused = catchThrowableOfType(
                    RefusedException.class, () -> bearer(request(), token(Map.of("kid", "k", "jwk", "secret"))));
            assertThat(refused.finding().found()).isEqualTo("cnf with [jwk, kid]");
            RefusedException text =
                    catchThrowableOfType(RefusedException.class, () -> bearer(request(), token("secret")));
            assertThat(text.finding().found()).isEqualTo("cnf with no members");
        }
    }

    @Nested
    class WithoutARequest {
        @Test
        void onlyUnboundTokensAreAccepted() {
            assertThat(reasonOf(() -> check().requireUnbound(unbound()))).isNull();
            for (AccessToken bound : List.of(ofKey(), ofCertificate(), token("x"))) {
                assertThat(reasonOf(() -> check().requireUnbound(bound))).isEqualTo(RefusalReason.BINDING_DOWNGRADE);
            }
        }

        @Test
        void noTokenIsAcceptedWhereABindingIsRequired() {
            dpop = BindingSupport.REQUIRED;
            assertThat(reasonOf(() -> check().requireUnbound(unbound()))).isEqualTo(RefusalReason.BINDING_REQUIRED);
            dpop = BindingSupport.OFF;
            mtls = BindingSupport.REQUIRED;
            assertThat(reasonOf(() -> check().requireUnbound(unbound()))).isEqualTo(RefusalReason.BINDING_REQUIRED);
            mtls = BindingSupport.OFF;
            demandsBinding = true;
            assertThat(reasonOf(() -> check().requireUnbound(unbound()))).isEqualTo(RefusalReason.BINDING_REQUIRED);
        }
    }

    @Nested
    class Proofs {
        private final PossessionCheck check = check();

        private ProvenToken held() throws RefusedException {
            return dpop(proven(), ofKey());
        }

        @Test
        void areGoodOnce() throws RefusedException {
            ProvenToken held = held();
            assertThat(reasonOf(() -> check.spend(held))).isNull();
            assertThat(reasonOf(() -> check.spend(held))).isEqualTo(RefusalReason.PROOF_REPLAYED);
        }

        @Test
        void areNotNeededByUnboundTokens() {
            store.answer = ReplayStore.Use.REPEATED;
            assertThat(reasonOf(() -> check.spend(ProvenToken.of(unbound())))).isNull();
        }

        @Test
        void areRefusedWhileTheStoreDoesNotAnswer() throws RefusedException {
            store.answer = ReplayStore.Use.UNKNOWN;
            ProvenToken held = held();
            RefusedException refused = catchThrowableOfType(RefusedException.class, () -> check.spend(held));
            assertThat(refused.reason()).isEqualTo(RefusalReason.REPLAY_STORE_UNAVAILABLE);
            assertThat(refused.retryAfter()).isEmpty();
        }

        @Test
        void areRefusedWhileEarlierUsesMayBeLost() throws RefusedException {
            store.knownSince = clock.instant();
            ProvenToken held = held();
            RefusedException refused = catchThrowableOfType(RefusedException.class, () -> check.spend(held));
            assertThat(refused.reason()).isEqualTo(RefusalReason.REPLAY_STORE_UNAVAILABLE);
            assertThat(refused.detail()).startsWith("earlier uses of proofs were lost");
            assertThat(refused.retryAfter()).contains(Duration.ofMillis(5_001));
        }

        @Test
        void areRefusedOnceTheirKeyHasUsedUpItsShare() throws RefusedException {
            RefusedException refused = null;
            for (int i = 0; i < 1_000 && refused == null; i++) {
                ProvenToken held = held();
                refused = catchThrowableOfType(RefusedException.class, () -> check.spend(held));
            }
            assertThat(refused.reason()).isEqualTo(RefusalReason.REPLAY_STORE_UNAVAILABLE);
            assertThat(refused.detail()).startsWith("share of this key is used up");
            assertThat(refused.retryAfter()).isPresent();
        }
    }

    @Test
    void offersANonceIfProofsNeedOne() {
        assertThat(check().nonce()).isEmpty();
        NonceIssuer nonces = new NonceIssuer(() -> SECRET, Duration.ofMinutes(5), clock);
        assertThat(check(Optional.of(nonces)).nonce()).contains(nonces.current());
    }

    @Test
    void aProofNeedsTheNonceThatIsOffered() {
        NonceIssuer nonces = new NonceIssuer(() -> SECRET, Duration.ofMinutes(5), clock);
        PossessionCheck needing = check(Optional.of(nonces));
        PresentedCredentials credentials = new PresentedCredentials.Dpop("DPoP " + TOKEN, 5);
        RefusedException none = catchThrowableOfType(
                RefusedException.class, () -> needing.check(proven().build(), credentials, ofKey()));
        assertThat(none.reason()).isEqualTo(RefusalReason.NONCE_REQUIRED);
        assertThat(none.finding().found()).isEqualTo("no nonce");
        client.useNonce("made-up");
        RefusedException other = catchThrowableOfType(
                RefusedException.class, () -> needing.check(proven().build(), credentials, ofKey()));
        assertThat(other.finding().found()).isEqualTo("a nonce that is over, or of another secret");
        client.useNonce(nonces.current());
        assertThat(reasonOf(() -> needing.check(proven().build(), credentials, ofKey())))
                .isNull();
    }

    @Test
    void offersTheNextNonceBeforeTheCurrentOneEnds() throws RefusedException {
        NonceIssuer nonces = new NonceIssuer(() -> SECRET, Duration.ofMinutes(5), clock);
        PossessionCheck needing = check(Optional.of(nonces));
        PresentedCredentials credentials = new PresentedCredentials.Dpop("DPoP " + TOKEN, 5);
        String first = nonces.current();
        client.useNonce(first);
        assertThat(needing.check(proven().build(), credentials, ofKey()).freshNonce())
                .isEmpty();
        clock.advance(Duration.ofMinutes(5));
        assertThat(needing.check(proven().build(), credentials, ofKey()).freshNonce())
                .contains(nonces.current());
    }

    @Test
    void closesTheSharedStoreUnlessANewerCheckUsesIt() {
        PossessionCheck older = check();
        PossessionCheck newer = check();
        newer.succeed(Optional.of(older), clock.instant());
        older.closeFor(newer);
        assertThat(store.closed).isZero();
        newer.close();
        assertThat(store.closed).isEqualTo(1);
    }
}

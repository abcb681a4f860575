package io.tokenguard.internal.possession;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tokenguard.access.AccessToken;
import io.tokenguard.access.Confirmation;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import io.tokenguard.access.SignatureAlgorithm;
import io.tokenguard.internal.jose.Sha256;
import io.tokenguard.internal.jose.SignatureEngine;
import io.tokenguard.internal.request.TargetUriPolicy;
import io.tokenguard.testkit.TestClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The example of RFC 9449 §7.1, to the letter: its token, its proof, and the thumbprint of §6.1. */
class DpopCheckTest {
    private static final String TOKEN = "Kz~8mXK1EalYznwH-LC-1fBAo.4Ljp~zsPE_NeO.gxU";
    private static final String THUMBPRINT = "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I";
    private static final Instant MADE_AT = Instant.ofEpochSecond(1_562_262_618);
    private static final String PROOF = "eyJ0eXAiOiJkcG9wK2p3dCIsImFsZyI6IkVTMjU2IiwiandrIjp7Imt0eSI6Ik"
            + "VDIiwieCI6Imw4dEZyaHgtMzR0VjNoUklDUkRZOXpDa0RscEJoRjQyVVFVZldWQVdCR"
            + "nMiLCJ5IjoiOVZFNGpmX09rX282NHpiVFRsY3VOSmFqSG10NnY5VERWclUwQ2R2R1JE"
            + "QSIsImNydiI6IlAtMjU2In19.eyJqdGkiOiJlMWozVl9iS2ljOC1MQUVCIiwiaHRtIj"
            + "oiR0VUIiwiaHR1IjoiaHR0cHM6Ly9yZXNvdXJjZS5leGFtcGxlLm9yZy9wcm90ZWN0Z"
            + "WRyZXNvdXJjZSIsImlhdCI6MTU2MjI2MjYxOCwiYXRoIjoiZlVIeU8ycjJaM0RaNTNF"
            + "c05yV0JiMHhXWG9hTnk1OUlpS0NBcWtzbVFFbyJ9.2oW9RP35yRqzhrtNP86L-Ey71E"
            + "OptxRimPPToA1plemAgR6pxHF8y6-yqyVnmcw6Fy1dqd-jfxSYoMxhAJpLjA";

    private final TestClock clock = TestClock.startingAt(MADE_AT);
    private static final TargetUriPolicy TARGETS = new TargetUriPolicy(Optional.empty(), List.of(), List.of());
    private final DpopCheck check = new DpopCheck(new PossessionPolicy(
            new DpopPolicy(
                    BindingSupport.SUPPORTED,
                    Set.of(SignatureAlgorithm.values()),
                    Duration.ofSeconds(60),
                    Duration.ofSeconds(5)),
            new CertificatePolicy(BindingSupport.OFF, new ClientCertificatePolicy(Optional.empty(), TARGETS)),
            false,
            TARGETS,
            Optional.empty(),
            new UsedProofs(
                    new InMemoryReplayStore(clock, 1_000),
                    new ReplayPolicy(
                            1_000,
                            Duration.ofSeconds(60),
                            Duration.ZERO,
                            Optional.empty(),
                            new ReplayPolicy.Outage(Duration.ofMillis(250), Duration.ZERO, false))),
            SignatureEngine.platform(),
            clock));

    private static IncomingRequest request(String path, String proof) {
        return IncomingRequest.builder("GET", path)
                .overTls()
                .header("Host", "resource.example.org")
                .header("DPoP", proof)
                .build();
    }

    private static AccessToken token() {
        return AccessToken.builder("https://server.example.com")
                .expiresAt(MADE_AT.plusSeconds(60))
                .build();
    }

    private void assertRefused(RefusalReason reason, IncomingRequest request, String presented, String thumbprint) {
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> check.check(request, presented, token(), thumbprint))
                .satisfies(refused -> assertThat(refused.reason()).isEqualTo(reason));
    }

    @Test
    void takesTheProofOfTheSpecification() throws Exception {
        ProvenToken held = check.check(request("/protectedresource", PROOF), TOKEN, token(), THUMBPRINT);
        assertThat(held.token().confirmation()).isEqualTo(new Confirmation.DpopKey(THUMBPRINT));
        assertThat(held.use()).isPresent().get().extracting(ProofUse::forgetAt).isEqualTo(MADE_AT.plusSeconds(60));
    }

    @Test
    void takesItForNothingElse() {
        IncomingRequest good = request("/protectedresource", PROOF);
        assertRefused(RefusalReason.PROOF_INVALID, request("/other", PROOF), TOKEN, THUMBPRINT);
        assertRefused(RefusalReason.PROOF_INVALID, good, TOKEN + "x", THUMBPRINT);
        assertRefused(RefusalReason.BINDING_MISMATCH, good, TOKEN, THUMBPRINT.replace('0', '1'));
        clock.advance(Duration.ofSeconds(61));
        assertRefused(RefusalReason.PROOF_INVALID, good, TOKEN, THUMBPRINT);
    }

    private RefusedException refusal(IncomingRequest request, String thumbprint) {
        return catchThrowableOfType(RefusedException.class, () -> check.check(request, TOKEN, token(), thumbprint));
    }

    @Test
    void explainsAnotherMethod() {
        IncomingRequest posted = IncomingRequest.builder("POST", "/protectedresource")
                .overTls()
                .header("Host", "resource.example.org")
                .header("DPoP", PROOF)
                .build();
        RefusedException refused = refusal(posted, THUMBPRINT);
        assertThat(refused.detail()).isEqualTo("htm");
        assertThat(refused.finding().found()).isEqualTo("htm GET");
        assertThat(refused.finding().expected()).isEqualTo("htm POST");
    }

    @Test
    void explainsAnotherAddress() {
        RefusedException refused = refusal(request("/other", PROOF), THUMBPRINT);
        assertThat(refused.detail()).isEqualTo("htu");
        assertThat(refused.finding().found()).isEqualTo("htu https://resource.example.org/protectedresource");
        assertThat(refused.finding().expected()).startsWith("htu https://resource.example.org/other, by ");
    }

    @Test
    void explainsAnotherTime() {
        clock.advance(Duration.ofSeconds(61));
        RefusedException refused = refusal(request("/protectedresource", PROOF), THUMBPRINT);
        assertThat(refused.detail()).isEqualTo("time");
        assertThat(refused.finding().found()).isEqualTo("iat " + MADE_AT);
    }

    /** Enough to compare, too little to trace a client by. */
    @Test
    void explainsAnotherKeyByTheBeginningOfItsThumbprint() {
        RefusedException refused = refusal(request("/protectedresource", PROOF), THUMBPRINT.replace('0', '1'));
        assertThat(refused.detail()).isEqualTo("jkt");
        assertThat(refused.finding().found()).isEqualTo("a proof by key 0ZcOCORZ");
        assertThat(refused.finding().expected()).isEqualTo("a proof by key 1ZcOCORZ");
    }

    @Test
    void needsOneProof() {
        IncomingRequest none =
                IncomingRequest.builder("GET", "/protectedresource").overTls().build();
        IncomingRequest two = IncomingRequest.builder("GET", "/protectedresource")
                .overTls()
                .header("DPoP", PROOF)
                .header("DPoP", PROOF)
                .build();
        assertThat(refusal(none, THUMBPRINT).detail()).isEqualTo("no proof");
        assertThat(refusal(two, THUMBPRINT).detail()).isEqualTo("several proofs");
    }

    @Test
    void needsTheSignatureOfTheKey() {
        String forged = PROOF.substring(0, PROOF.length() - 4) + "AAAA";
        assertThat(refusal(request("/protectedresource", forged), THUMBPRINT).detail())
                .isEqualTo("signature");
    }

    @Test
    void theUseOfAProofHasItsKeyAndItsTime() throws Exception {
        ProofUse use = check.check(request("/protectedresource", PROOF), TOKEN, token(), THUMBPRINT)
                .use()
                .orElseThrow();
        assertThat(use.madeAt()).isEqualTo(MADE_AT);
        assertThat(use.key()).isEqualTo(THUMBPRINT);
        assertThat(use.name())
                .isEqualTo(Sha256.of((THUMBPRINT + "\ne1j3V_bKic8-LAEB").getBytes(StandardCharsets.UTF_8)));
    }
}

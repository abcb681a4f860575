package io.tokenguard.jaxrs;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.AccessRequirement;
import io.tokenguard.access.Confirmation.Binding;
import io.tokenguard.config.Dpop;
import io.tokenguard.testkit.DpopClient;
import io.tokenguard.testkit.TestClock;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.SecurityContext;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;

/** Tokens that are bound to a key, on every runtime (RFC 9449). */
@OnEveryRuntime
class BoundTokenTest {
    private final TestClock clock = TestClock.startingAt(Instant.now());
    private final DpopClient client = DpopClient.withKey(DpopClient.create().key(), clock);

    @Parameter
    RestRuntime runtime;

    private static RestApplication application() {
        return new RestApplication(Proven.class).guardedBy(guard -> guard.resourceHosts("localhost"));
    }

    private Answer get(RestSite site, String token) throws IOException {
        String proof =
                client.proof("GET", "http://localhost/proven").forToken(token).sign();
        return site.get("/proven", "Authorization: DPoP " + token, "DPoP: " + proof);
    }

    private String token(RestSite site) {
        return site.issuer()
                .token()
                .boundTo(client.key())
                .expiresIn(Duration.ofHours(1))
                .sign();
    }

    @Test
    void servesThemUnderTheirSchemeAndOnce() throws Exception {
        try (RestSite site = application().on(runtime)) {
            String token = token(site);
            String proof = client.proof("GET", "http://localhost/proven")
                    .forToken(token)
                    .sign();
            String[] lines = {"Authorization: DPoP " + token, "DPoP: " + proof};
            assertThat(site.get("/proven", lines).body()).isEqualTo("alice/DPoP/false/alice");
            assertThat(site.get("/proven", lines).challenge()).contains("error=\"invalid_dpop_proof\"");
            assertThat(site.get("/proven", site.bearer()).status()).isEqualTo(401);
        }
    }

    // RFC 9449 §4.3: otherwise the Host field would decide which address the proof has to be for
    @Test
    void refusesThemWhereTheApiDoesNotKnowItsOwnAddress() throws Exception {
        try (RestSite site = new RestApplication(Proven.class).on(runtime)) {
            assertThat(get(site, token(site)).status()).isEqualTo(400);
        }
    }

    @Test
    void spendsOneProofThoughTheRequestIsJudgedBeforeMatchingToo() throws Exception {
        RestApplication application =
                application().set(feature -> feature.beforeMatching(AccessRequirement.bound(Binding.DPOP)));
        try (RestSite site = application.on(runtime)) {
            assertThat(get(site, token(site)).status()).isEqualTo(200);
        }
    }

    @Test
    void givesAFreshNonceWithTheAnswerOfTheResource() throws Exception {
        RestApplication application = application()
                .guardedBy(guard -> guard.clock(clock)
                        .resourceHosts("localhost")
                        .dpop(Dpop.supported().askForNonces()));
        try (RestSite site = application.on(runtime)) {
            String token = token(site);
            Answer asked = get(site, token);
            assertThat(asked.challenge()).contains("error=\"use_dpop_nonce\"");
            client.useNonce(asked.header("DPoP-Nonce").get(0));
            assertThat(get(site, token).header("DPoP-Nonce")).isEmpty();
            clock.advance(Duration.ofMinutes(5));
            Answer granted = get(site, token);
            assertThat(granted.status()).isEqualTo(200);
            assertThat(granted.header("DPoP-Nonce")).hasSize(1).isNotEqualTo(asked.header("DPoP-Nonce"));
        }
    }

    /** Says who is there. */
    @Path("/proven")
    public static class Proven {
        @GET
        @RequiresProof
        public String get(@Context SecurityContext identity) {
            return Identity.of(identity);
        }
    }
}

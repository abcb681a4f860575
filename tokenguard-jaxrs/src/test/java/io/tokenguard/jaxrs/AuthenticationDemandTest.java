package io.tokenguard.jaxrs;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.Confirmation.Binding;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;

/** Demands on how the user has authenticated (RFC 9470), and on who holds the token. */
@OnEveryRuntime
class AuthenticationDemandTest {
    private static RestSite site;

    @Parameter
    RestRuntime runtime;

    @BeforeParameterizedClassInvocation
    static void start(RestRuntime runtime) throws Exception {
        site = new RestApplication(Transfers.class).on(runtime);
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        site.close();
    }

    private static String authenticated(String acr, long secondsAgo) {
        return "Authorization: Bearer "
                + site.issuer()
                        .token()
                        .claim("acr", acr)
                        .claim("auth_time", Instant.now().getEpochSecond() - secondsAgo)
                        .sign();
    }

    @Test
    void asksForAStrongerAuthentication() throws IOException {
        Answer answer = site.get("/transfers/strong", authenticated("urn:example:bronze", 0));
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.challenge())
                .contains("error=\"insufficient_user_authentication\"")
                .contains("acr_values=\"urn:example:gold urn:example:silver\"");
        assertThat(site.get("/transfers/strong", authenticated("urn:example:silver", 0))
                        .body())
                .isEqualTo("reached");
    }

    @Test
    void asksForAMoreRecentAuthentication() throws IOException {
        Answer answer = site.get("/transfers/recent", authenticated("any", 4000));
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.challenge()).contains("max_age=\"300\"").doesNotContain("acr_values");
        assertThat(site.get("/transfers/recent", authenticated("any", 10)).body())
                .isEqualTo("reached");
    }

    @Test
    void asksForBothOnAClass() throws IOException {
        assertThat(site.get("/transfers/both", authenticated("urn:example:gold", 4000))
                        .status())
                .isEqualTo(401);
        assertThat(site.get("/transfers/both", authenticated("other", 10)).status())
                .isEqualTo(401);
        assertThat(site.get("/transfers/both", authenticated("urn:example:gold", 10))
                        .body())
                .isEqualTo("reached");
        assertThat(site.get("/transfers/both").challenge()).doesNotContain("acr_values");
    }

    @Test
    void refusesBearerTokensWhereAProofIsDemanded() throws IOException {
        assertThat(site.get("/transfers/bound").status()).isEqualTo(401);
        assertThat(site.get("/transfers/bound", site.bearer()).status()).isEqualTo(401);
        assertThat(site.get("/transfers/bound-by-key", site.bearer()).status()).isEqualTo(401);
    }

    @Path("/transfers")
    @RequiresAuthentication(acr = "urn:example:gold", maxAge = 300)
    public static class Transfers {
        @GET
        @Path("strong")
        @RequiresAuthentication(acr = {"urn:example:gold", "urn:example:silver"})
        public String strong() {
            return "reached";
        }

        @GET
        @Path("recent")
        @RequiresAuthentication(maxAge = 300)
        public String recent() {
            return "reached";
        }

        @GET
        @Path("both")
        public String both() {
            return "reached";
        }

        @GET
        @Path("bound")
        @RequiresProof
        public String bound() {
            return "reached";
        }

        @GET
        @Path("bound-by-key")
        @RequiresProof(Binding.DPOP)
        public String boundByKey() {
            return "reached";
        }
    }
}

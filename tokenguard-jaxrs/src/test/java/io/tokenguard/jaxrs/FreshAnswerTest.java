package io.tokenguard.jaxrs;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.TrustedIssuer;
import io.tokenguard.config.ClientAuthentication;
import io.tokenguard.config.Introspection;
import io.tokenguard.testkit.TestEndpoint;
import io.tokenguard.testkit.TestIssuer;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.SecurityContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;

/** Resources for whose requests the issuer is asked, on every runtime (RFC 7662 §4). */
@OnEveryRuntime
class FreshAnswerTest {
    @Parameter
    RestRuntime runtime;

    @Test
    void asksForThisVeryRequest() throws Exception {
        try (TestIssuer issuer = TestIssuer.builder().audience("asked").start();
                RestSite site = new RestApplication(Careful.class)
                        .guardedBy(guard -> guard.issuer(TrustedIssuer.builder(issuer.issuer())
                                .audience("asked")
                                .introspection(Introspection.at(issuer.introspectionUri(), ClientAuthentication.none()))
                                .build()))
                        .on(runtime)) {
            String bearer = "Authorization: Bearer " + issuer.introspection().opaque();
            assertThat(site.get("/careful", bearer).status()).isEqualTo(200);
            assertThat(site.get("/careful", bearer).status()).isEqualTo(200);
            assertThat(issuer.requests(TestEndpoint.INTROSPECTION)).isEqualTo(1);
            assertThat(site.get("/careful/fresh", bearer).status()).isEqualTo(200);
            assertThat(issuer.requests(TestEndpoint.INTROSPECTION)).isEqualTo(2);
            issuer.introspection().revoke(bearer.substring("Authorization: Bearer ".length()));
            assertThat(site.get("/careful", bearer).status()).isEqualTo(200);
            assertThat(site.get("/careful/fresh", bearer).status()).isEqualTo(401);
            assertThat(site.get("/careful/fresh", site.bearer()).status())
                    .as("of an issuer that is not asked")
                    .isEqualTo(401);
        }
    }

    /** Says who is there. */
    @Path("/careful")
    public static class Careful {
        @GET
        @Authenticated
        public String get(@Context SecurityContext identity) {
            return Identity.of(identity);
        }

        @GET
        @Path("/fresh")
        @RequiresFreshAnswer
        public String fresh(@Context SecurityContext identity) {
            return Identity.of(identity);
        }
    }
}

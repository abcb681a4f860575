package io.tokenguard.jaxrs;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.ResourceMetadata;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;

/** What the API says of itself (RFC 9728). */
@OnEveryRuntime
class MetadataTest {
    private static final String WELL_KNOWN = "/.well-known/oauth-protected-resource";

    @Parameter
    RestRuntime runtime;

    private RestSite site(String resource) throws Exception {
        return new RestApplication(Tools.class, MethodShapes.Scoped.class)
                .guardedBy(guard -> guard.resource(URI.create(resource)))
                .on(runtime);
    }

    /** RFC 9728 §2, §3.2. */
    @Test
    void namesTheScopesOfTheEndpoints() throws Exception {
        try (RestSite site = site("https://api.example.com")) {
            Answer answer = site.get(WELL_KNOWN);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("Content-Type")).containsExactly("application/json");
            assertThat(answer.header("Cache-Control")).containsExactly(ResourceMetadata.CACHE_CONTROL);
            assertThat(answer.body())
                    .contains("\"resource\":\"https://api.example.com\"")
                    .contains(site.issuer().issuer())
                    .contains("\"scopes_supported\":[")
                    .contains("\"a\"")
                    .contains("\"b\"");
        }
    }

    /** RFC 9728 §3.1: the well-known part comes before the path of the resource. */
    @Test
    void isServedAtThePathInsertedForm() throws Exception {
        try (RestSite site = site("https://api.example.com/v1")) {
            assertThat(site.get(WELL_KNOWN + "/v1").status()).isEqualTo(200);
            assertThat(site.get(WELL_KNOWN + "/v1/").status()).isEqualTo(200);
            assertThat(site.get(WELL_KNOWN + "/").status()).isEqualTo(200);
            assertThat(site.get(WELL_KNOWN).status()).isEqualTo(200);
            assertThat(site.get(WELL_KNOWN + "/v2").status()).isEqualTo(404);
            assertThat(site.send("POST", WELL_KNOWN, "").status()).isEqualTo(404);
        }
    }

    /** Fetch Standard §3.2.3. */
    @Test
    void isReadableByScriptsOfEveryOrigin() throws Exception {
        try (RestSite site = site("https://api.example.com")) {
            assertThat(site.get(WELL_KNOWN).header("Access-Control-Allow-Origin"))
                    .containsExactly("*");
            Answer preflight = site.send("OPTIONS", WELL_KNOWN, "");
            assertThat(preflight.status()).isEqualTo(204);
            assertThat(preflight.header("Access-Control-Allow-Origin")).containsExactly("*");
            assertThat(preflight.header("Access-Control-Allow-Headers")).containsExactly("*");
        }
    }

    /** RFC 9728 §5.1. */
    @Test
    void isNamedInChallenges() throws Exception {
        try (RestSite site = site("https://api.example.com")) {
            assertThat(site.get("/scoped/plain").challenge())
                    .contains("resource_metadata=\"https://api.example.com" + WELL_KNOWN + "\"");
        }
    }

    @Test
    void isNotServedWhereTheAddressOfTheApiIsNotKnown() throws Exception {
        try (RestSite site = new RestApplication(Tools.class).on(runtime)) {
            assertThat(site.get(WELL_KNOWN).status()).isEqualTo(404);
        }
    }

    @Test
    void keepsTheTokenItselfFromTheApplicationWhereThePresetSaysSo() throws Exception {
        RestApplication application = new RestApplication(Tools.class).guardedBy(guard -> guard.hideCredentials(true));
        try (RestSite site = application.on(runtime)) {
            assertThat(site.get("/tools/credentials", site.bearer()).body()).isEqualTo("none");
            assertThat(site.get("/tools/open-credentials", site.bearer()).body())
                    .isEqualTo("none");
        }
        try (RestSite site = new RestApplication(Tools.class).on(runtime)) {
            assertThat(site.get("/tools/credentials", site.bearer()).body()).isEqualTo("seen");
        }
    }

    @Path("/tools")
    @Authenticated
    public static class Tools {
        @GET
        @Path("credentials")
        public String credentials(@HeaderParam("Authorization") String credentials) {
            return credentials == null ? "none" : "seen";
        }

        @GET
        @Path("open-credentials")
        @PermitAll
        public String openCredentials(@HeaderParam("Authorization") String credentials) {
            return credentials == null ? "none" : "seen";
        }
    }
}

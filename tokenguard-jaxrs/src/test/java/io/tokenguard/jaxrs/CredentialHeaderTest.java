package io.tokenguard.jaxrs;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.config.Credentials;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.SecurityContext;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;

/** A token in a header field that a trusted proxy adds, with and without servlets, and roles with spaces and commas. */
@OnEveryRuntime
class CredentialHeaderTest {
    private static final String FIELD = "X-Goog-IAP-JWT-Assertion";
    private static RestSite site;
    private static RestSite stranger;

    @Parameter
    RestRuntime runtime;

    @BeforeParameterizedClassInvocation
    static void start(RestRuntime runtime) throws Exception {
        site = application("127.0.0.1").on(runtime);
        stranger = application("192.0.2.1").on(runtime);
    }

    private static RestApplication application(String proxy) {
        return new RestApplication(Orders.class)
                .trusting(issuer ->
                        issuer.credentials(Credentials.inAuthorization().inHeaders(FIELD)))
                .guardedBy(guard -> guard.hideCredentials(true).trustedProxies(proxy));
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        site.close();
        stranger.close();
    }

    private static String field(RestSite at, String... grants) {
        return at.bearer(grants).replace("Authorization: Bearer ", FIELD + ": ");
    }

    @Test
    void isAcceptedFromTheProxyAndHidden() throws IOException {
        assertThat(site.get("/orders", field(site)).body()).isEqualTo("alice null null");
        assertThat(site.get("/orders", site.bearer()).body()).isEqualTo("alice null null");
    }

    @Test
    void isRefusedBesideASecondTokenWithInvalidRequest() throws IOException {
        Answer answer = site.get("/orders", field(site), site.bearer());
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.challenge()).contains("error=\"invalid_request\"");
    }

    @Test
    void isNotLookedAtFromOthers() throws IOException {
        assertThat(stranger.get("/orders", field(stranger)).status()).isEqualTo(401);
    }

    @Test
    void mayStateRolesWithSpacesAndCommas() throws IOException {
        assertThat(site.get("/orders/admin", field(site, "role:Order Admin, EU"))
                        .status())
                .isEqualTo(200);
        assertThat(site.get("/orders/admin", field(site, "role:Order Admin")).status())
                .isEqualTo(403);
    }

    @Path("/orders")
    public static class Orders {
        @GET
        @Authenticated
        public String list(
                @Context SecurityContext identity,
                @HeaderParam("Authorization") String standard,
                @HeaderParam(FIELD) String proxied) {
            return identity.getUserPrincipal().getName() + " " + standard + " " + proxied;
        }

        @GET
        @Path("admin")
        @RequiresRoles("Order Admin, EU")
        public String admin() {
            return "admin";
        }
    }
}

package io.tokenguard.jaxrs;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.config.Credentials;
import jakarta.ws.rs.CookieParam;
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

/** A token in a cookie, with and without servlets; the application does not see it if it is hidden. */
@OnEveryRuntime
class CookieCredentialTest {
    private static final String NAME = "__Host-access";
    private static final String TLS = "X-Forwarded-Proto: https";
    private static final String OWN = "Sec-Fetch-Site: same-origin";
    private static RestSite site;

    @Parameter
    RestRuntime runtime;

    @BeforeParameterizedClassInvocation
    static void start(RestRuntime runtime) throws Exception {
        site = new RestApplication(Orders.class)
                .trusting(issuer ->
                        issuer.credentials(Credentials.inAuthorization().inCookie(NAME)))
                .guardedBy(guard -> guard.hideCredentials(true).trustedProxies("127.0.0.1"))
                .on(runtime);
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        site.close();
    }

    private static String cookie(String before) {
        return site.bearer().replace("Authorization: Bearer ", "Cookie: " + before + NAME + "=");
    }

    @Test
    void isAcceptedAndHidden() throws IOException {
        assertThat(site.get("/orders", cookie(""), TLS, OWN).body()).isEqualTo("alice null null");
        assertThat(site.get("/orders", cookie("a=b; "), TLS, OWN).body()).isEqualTo("alice a=b b");
    }

    @Test
    void isNotForSharedCaches() throws IOException {
        assertThat(site.get("/orders", cookie(""), TLS, OWN).header("Cache-Control"))
                .containsExactly("private");
    }

    @Test
    void isRefusedFromAnotherSiteWithoutTlsAndBesideAnotherToken() throws IOException {
        assertThat(site.get("/orders", cookie(""), TLS, "Sec-Fetch-Site: cross-site")
                        .status())
                .isEqualTo(403);
        assertThat(site.get("/orders", cookie(""), TLS, "Origin: https://evil.example")
                        .status())
                .isEqualTo(403);
        assertThat(site.get("/orders", cookie(""), OWN).status()).isEqualTo(400);
        Answer twice = site.get("/orders", cookie(""), TLS, OWN, site.bearer());
        assertThat(twice.status()).isEqualTo(400);
        assertThat(twice.challenge()).contains("error=\"invalid_request\"");
    }

    @Path("/orders")
    public static class Orders {
        @GET
        @Authenticated
        public String list(
                @Context SecurityContext identity,
                @HeaderParam("Cookie") String field,
                @CookieParam("a") String other) {
            return identity.getUserPrincipal().getName() + " " + field + " " + other;
        }
    }
}

package io.tokenguard.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;

/** Logout tokens and security events that issuers send, over sockets. */
@OnEveryContainer
class IssuerMessageServletTest {
    private static final String DISABLED = "https://schemas.openid.net/secevent/risc/event-type/account-disabled";

    @Parameter
    Container container;

    private Site site;

    @BeforeEach
    void start() throws Exception {
        site = new Application("GET /me authenticated", "POST /backchannel-logout public", "POST /events public")
                .servlet(Page::identity, "/me")
                .registeredBy((context, guard) -> {
                    TokenGuardFilter.register(context, guard);
                    context.addServlet("logout", new BackChannelLogoutServlet(guard))
                            .addMapping("/backchannel-logout");
                    context.addServlet("events", new SecurityEventServlet(guard))
                            .addMapping("/events");
                })
                .on(container);
    }

    @AfterEach
    void stop() {
        site.close();
    }

    /** OpenID Connect Back-Channel Logout 1.0 §2.5, §2.8. */
    @Test
    void refusesATokenOnceItsSubjectHasLoggedOut() throws IOException {
        String bearer = site.bearer();
        assertThat(site.get("/me", bearer).status()).isEqualTo(200);
        Answer answer = site.post(
                "/backchannel-logout",
                "logout_token=" + site.issuer().logoutToken().sign());
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
        assertThat(answer.header("Cache-Control")).containsExactly("no-store");
        assertThat(site.get("/me", bearer).status()).isEqualTo(401);
    }

    /** RFC 8935 §2.1, §2.2. */
    @Test
    void refusesATokenOnceAnEventSaysThatItsSubjectIsDisabled() throws IOException {
        String bearer = site.bearer();
        assertThat(site.get("/me", bearer).status()).isEqualTo(200);
        Answer answer = postEvent(event());
        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.body()).isEmpty();
        assertThat(site.get("/me", bearer).status()).isEqualTo(401);
    }

    private String event() {
        return site.issuer()
                .securityEvent(
                        DISABLED,
                        Map.of("format", "iss_sub", "iss", site.issuer().issuer(), "sub", "alice"))
                .sign();
    }

    private Answer postEvent(String token) throws IOException {
        return site.exchange("POST /events HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + "Content-Type: application/secevent+jwt\r\nContent-Length: " + token.length() + "\r\n\r\n" + token);
    }

    @Test
    void answersBadTokensAsTheSpecificationsSay() throws IOException {
        Answer logout = site.post("/backchannel-logout", "logout_token=" + site.tokenOf("alice"));
        assertThat(logout.status()).isEqualTo(400);
        assertThat(logout.body()).startsWith("{\"error\":\"invalid_request\"");
        assertThat(logout.header("Content-Type")).containsExactly("application/json");
        Answer event = postEvent("junk");
        assertThat(event.status()).isEqualTo(400);
        assertThat(event.body()).startsWith("{\"err\":\"invalid_request\"");
        assertThat(event.header("Content-Language")).containsExactly("en");
    }

    @Test
    void answersWhatIsTooLongWithoutReadingItAll() throws IOException {
        assertThat(site.post("/backchannel-logout", "logout_token=" + "x".repeat(70_000))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void leavesOtherMethodsToTheRules() throws IOException {
        assertThat(site.get("/backchannel-logout").status()).isEqualTo(401);
        assertThat(site.get("/events", site.bearer()).status()).isEqualTo(403);
    }

    @Test
    void isDeclaredBesideADeclaredFilter() throws Exception {
        Application application = new Application();
        try (Site declared = application
                .servlet(Page::identity, "/me")
                .registeredBy((context, unused) -> {
                    var filter = context.addFilter("guard", new TokenGuardFilter());
                    filter.setAsyncSupported(true);
                    filter.setInitParameters(application.initParams());
                    filter.setInitParameter("tokenguard.routes.logout", "/logout public");
                    filter.addMappingForUrlPatterns(EnumSet.allOf(DispatcherType.class), false, "/*");
                    context.addServlet("logout", new BackChannelLogoutServlet()).addMapping("/logout");
                })
                .on(container)) {
            String bearer = declared.bearer();
            assertThat(declared.get("/me", bearer).status()).isEqualTo(200);
            assertThat(declared.get("/logout").status()).isEqualTo(405);
            assertThat(declared.get("/logout").header("Allow")).containsExactly("POST");
            assertThat(declared.post(
                                    "/logout",
                                    "logout_token="
                                            + declared.issuer().logoutToken().sign())
                            .status())
                    .isEqualTo(200);
            assertThat(declared.get("/me", bearer).status()).isEqualTo(401);
        }
    }

    /** Some containers do not even start. */
    @Test
    void takesNothingWithoutAGuard() throws Exception {
        Application application = new Application("/logout public")
                .registeredBy((context, guard) -> context.addServlet("logout", new BackChannelLogoutServlet())
                        .addMapping("/logout"));
        try (Site declared = application.on(container)) {
            String logout = declared.issuer().logoutToken().sign();
            assertThat(declared.post("/logout", "logout_token=" + logout).status())
                    .isEqualTo(500);
        } catch (ServletException failure) {
            assertThat(failure).hasMessageContaining("needs a TokenGuardFilter");
        }
    }
}

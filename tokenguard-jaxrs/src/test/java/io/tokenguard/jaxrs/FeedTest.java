package io.tokenguard.jaxrs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenguard.access.ConfigurationException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;

/** What issuers send of their own accord, over sockets. */
@OnEveryRuntime
class FeedTest {
    private static final String FORM = "Content-Type: application/x-www-form-urlencoded";
    private static final String EVENT = "Content-Type: application/secevent+jwt";
    private static final String REVOKED = "https://schemas.openid.net/secevent/caep/event-type/session-revoked";

    @Parameter
    RestRuntime runtime;

    private RestSite site;

    @BeforeEach
    void start() throws Exception {
        site = new RestApplication(Guarded.class)
                .set(feature -> feature.logoutAt("/backchannel-logout").eventsAt("/events"))
                .on(runtime);
    }

    @AfterEach
    void stop() {
        site.close();
    }

    /** OpenID Connect Back-Channel Logout 1.0 §2.5, §2.8. */
    @Test
    void refusesATokenOnceItsSubjectHasLoggedOut() throws IOException {
        String bearer = site.bearer();
        assertThat(site.get("/guarded", bearer).status()).isEqualTo(200);
        Answer answer = site.send(
                "POST",
                "/backchannel-logout",
                "logout_token=" + site.issuer().logoutToken().sign(),
                FORM);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Cache-Control")).containsExactly("no-store");
        assertThat(site.get("/guarded", bearer).status()).isEqualTo(401);
    }

    /** RFC 8935 §2.1, §2.2. */
    @Test
    void refusesATokenOnceAnEventSaysThatItsSessionIsRevoked() throws IOException {
        String bearer = "Authorization: Bearer "
                + site.issuer().token().claim("sid", "s1").sign();
        assertThat(site.get("/guarded", bearer).status()).isEqualTo(200);
        String event = site.issuer()
                .securityEvent(REVOKED, Map.of("format", "opaque", "id", "s1"))
                .sign();
        Answer answer = site.send("POST", "/events", event, EVENT);
        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.body()).isEmpty();
        assertThat(site.get("/guarded", bearer).status()).isEqualTo(401);
    }

    @Test
    void answersBadTokensAsTheSpecificationsSay() throws IOException {
        Answer logout = site.send("POST", "/backchannel-logout", "logout_token=junk", FORM);
        assertThat(logout.status()).isEqualTo(400);
        assertThat(logout.body()).startsWith("{\"error\":\"invalid_request\"");
        assertThat(logout.header("Content-Type")).containsExactly("application/json");
        Answer event = site.send("POST", "/events", "junk", EVENT);
        assertThat(event.status()).isEqualTo(400);
        assertThat(event.body()).startsWith("{\"err\":\"invalid_request\"");
        assertThat(site.get("/events").status()).isEqualTo(405);
    }

    @Test
    void isTakenWithASlashAtTheEndOfThePathToo() throws IOException {
        assertThat(site.send("POST", "/backchannel-logout/", "logout_token=junk", FORM)
                        .status())
                .isEqualTo(400);
        assertThat(site.send("POST", "/events/", "junk", EVENT).body()).startsWith("{\"err\":\"invalid_request\"");
    }

    @Test
    void isNowhereUnlessItIsPut() throws Exception {
        try (RestSite plain = new RestApplication(Guarded.class).on(runtime)) {
            assertThat(plain.send("POST", "/backchannel-logout", "logout_token=x", FORM)
                            .status())
                    .isEqualTo(404);
        }
    }

    @Test
    void takesNoTwoFeedsAtOnePath() {
        assertThatThrownBy(() -> TokenGuardFeature.builder(site.guard())
                        .logoutAt("/feed")
                        .eventsAt("/feed/"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("/feed");
        assertThatThrownBy(() -> TokenGuardFeature.builder(site.guard()).logoutAt("feed"))
                .isInstanceOf(ConfigurationException.class);
    }

    @Path("/guarded")
    @Authenticated
    public static class Guarded {
        @GET
        public String get() {
            return "in";
        }
    }
}

package io.tokenguard.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.config.Credentials;
import java.io.IOException;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;

/** A token in a header field that a trusted proxy adds, over real HTTP; the application does not see it if it is hidden. */
@OnEveryContainer
class CredentialHeaderTest {
    private static final String FIELD = "X-Goog-IAP-JWT-Assertion";
    private static Site site;
    private static Site stranger;

    @Parameter
    Container container;

    @BeforeParameterizedClassInvocation
    static void start(Container container) throws Exception {
        site = application("127.0.0.1").on(container);
        stranger = application("192.0.2.1").on(container);
    }

    private static Application application(String proxy) {
        Page fields = (request, response) -> response.getWriter()
                .print(request.getHeader(FIELD) + " " + request.getHeader("authorization") + " "
                        + Collections.list(request.getHeaders("x-goog-iap-jwt-assertion")) + " "
                        + Collections.list(request.getHeaderNames()).stream().anyMatch(FIELD::equalsIgnoreCase)
                        + " " + request.getRemoteUser());
        return new Application("/open public", "/me authenticated", "/forward/* public")
                .trusting(issuer ->
                        issuer.credentials(Credentials.inAuthorization().inHeaders(FIELD)))
                .built(settings -> settings.hideCredentials(true).trustedProxies(proxy))
                .servlet(fields, "/open")
                .servlet(fields, "/me")
                .servlet(
                        (request, response) -> request.getRequestDispatcher(request.getPathInfo())
                                .forward(request, response),
                        "/forward/*");
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        site.close();
        stranger.close();
    }

    private static String field(Site at) {
        return FIELD + ": " + at.tokenOf("alice");
    }

    @Test
    void isAcceptedFromTheProxyAndHidden() throws IOException {
        assertThat(site.get("/me", field(site)).body()).isEqualTo("null null [] false alice");
        assertThat(site.get("/open", field(site)).body()).isEqualTo("null null [] false null");
        assertThat(site.get("/forward/me", field(site)).body()).isEqualTo("null null [] false alice");
        assertThat(site.get("/me", site.bearer()).body()).isEqualTo("null null [] false alice");
    }

    @Test
    void isRefusedBesideASecondTokenWithInvalidRequest() throws IOException {
        Answer answer = site.get("/me", field(site), site.bearer());
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.challenge()).contains("error=\"invalid_request\"");
        assertThat(site.get("/me", field(site), field(site)).status()).isEqualTo(400);
    }

    @Test
    void isNotLookedAtFromOthers() throws IOException {
        assertThat(stranger.get("/me", field(stranger)).status()).isEqualTo(401);
        assertThat(stranger.get("/me", FIELD + ": junk", stranger.bearer()).status())
                .isEqualTo(200);
    }
}

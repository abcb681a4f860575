package io.tokenguard.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.config.Credentials;
import jakarta.servlet.http.Cookie;
import java.io.IOException;
import java.util.Collections;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;

/** A token in a cookie, over real HTTP behind a proxy that ends TLS; the application does not see it if it is hidden. */
@OnEveryContainer
class CookieCredentialTest {
    private static final String NAME = "__Host-access";
    private static final String TLS = "X-Forwarded-Proto: https";
    private static final String OWN = "Sec-Fetch-Site: same-origin";
    private static Site site;

    @Parameter
    Container container;

    @BeforeParameterizedClassInvocation
    static void start(Container container) throws Exception {
        Page fields = (request, response) -> response.getWriter()
                .print(request.getHeader("cookie") + " " + Collections.list(request.getHeaders("COOKIE")) + " "
                        + Collections.list(request.getHeaderNames()).stream().anyMatch("cookie"::equalsIgnoreCase)
                        + " " + names(request.getCookies()) + " " + request.getRemoteUser());
        site = new Application("/open public", "/me authenticated", "/forward/* public")
                .trusting(issuer ->
                        issuer.credentials(Credentials.inAuthorization().inCookie(NAME)))
                .built(settings -> settings.hideCredentials(true).trustedProxies("127.0.0.1"))
                .servlet(fields, "/open")
                .servlet(fields, "/me")
                .servlet(
                        (request, response) -> request.getRequestDispatcher(request.getPathInfo())
                                .forward(request, response),
                        "/forward/*")
                .on(container);
    }

    private static String names(Cookie[] cookies) {
        return cookies == null ? "" : Stream.of(cookies).map(Cookie::getName).collect(Collectors.joining(","));
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        site.close();
    }

    private static String cookie(String before) {
        return "Cookie: " + before + NAME + "=" + site.tokenOf("alice");
    }

    @Test
    void isAcceptedAndHidden() throws IOException {
        assertThat(site.get("/me", cookie(""), TLS, OWN).body()).isEqualTo("null [] false  alice");
        assertThat(site.get("/me", cookie("a=b; "), TLS, OWN).body()).isEqualTo("a=b [a=b] true a alice");
        assertThat(site.get("/open", cookie("a=b; "), TLS).body()).isEqualTo("a=b [a=b] true a null");
        assertThat(site.get("/forward/me", cookie("a=b; "), TLS, OWN).body()).isEqualTo("a=b [a=b] true a alice");
    }

    @Test
    void isNotForSharedCaches() throws IOException {
        Answer answer = site.get("/me", cookie(""), TLS, OWN);
        assertThat(answer.header("Cache-Control")).containsExactly("private");
        assertThat(answer.header("Vary")).containsExactly("Cookie");
        assertThat(answer.header("Cross-Origin-Resource-Policy")).containsExactly("same-origin");
    }

    @Test
    void isRefusedFromAnotherSiteWithoutTlsAndBesideAnotherToken() throws IOException {
        Answer crossSite = site.get("/me", cookie(""), TLS, "Sec-Fetch-Site: cross-site");
        assertThat(crossSite.status()).isEqualTo(403);
        assertThat(crossSite.challenge()).isEmpty();
        assertThat(crossSite.header("Cache-Control")).containsExactly("no-store");
        assertThat(site.post("/me", "a=1", cookie(""), TLS).status()).isEqualTo(403);
        assertThat(site.get("/me", cookie(""), OWN).status()).isEqualTo(400);
        Answer twice = site.get("/me", cookie(""), TLS, OWN, site.bearer());
        assertThat(twice.status()).isEqualTo(400);
        assertThat(twice.challenge()).contains("error=\"invalid_request\"");
    }
}

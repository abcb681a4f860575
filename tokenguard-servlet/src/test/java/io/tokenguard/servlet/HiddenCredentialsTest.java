package io.tokenguard.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;

/** An application that never sees a token can't pass it on, and is guarded like any other. */
@OnEveryContainer
class HiddenCredentialsTest {
    private static Site site;

    @Parameter
    Container container;

    @BeforeParameterizedClassInvocation
    static void start(Container container) throws Exception {
        Page fields = (request, response) -> response.getWriter()
                .print(request.getHeader("authorization") + " "
                        + Collections.list(request.getHeaders("AUTHORIZATION")) + " "
                        + Collections.list(request.getHeaderNames()).stream()
                                .anyMatch("authorization"::equalsIgnoreCase)
                        + " " + request.getDateHeader("Authorization") + " " + request.getIntHeader("authorization")
                        + " " + request.getIntHeader("X-Number") + " " + request.getDateHeader("X-Date")
                        + " " + request.getHeader("X-Other") + " "
                        + Collections.list(request.getHeaders("X-Other")) + " " + request.getRemoteUser());
        site = new Application("/open public", "/me authenticated", "/scoped scope a", "/forward/* public")
                .built(settings -> settings.hideCredentials(true))
                .servlet(fields, "/open")
                .servlet(fields, "/me")
                .servlet(fields, "/scoped")
                .servlet(
                        (request, response) -> request.getRequestDispatcher(request.getPathInfo())
                                .forward(request, response),
                        "/forward/*")
                .on(container);
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        site.close();
    }

    private static String seenAt(String path) throws IOException {
        return site.get(path, site.bearer(), "X-Other: x", "X-Number: 7", "X-Date: Thu, 01 Jan 1970 00:00:01 GMT")
                .body();
    }

    @Test
    void showsEveryFieldButTheCredentials() throws IOException {
        assertThat(seenAt("/me")).isEqualTo("null [] false -1 -1 7 1000 x [x] alice");
    }

    @Test
    void hidesCredentialsWhereNobodyLookedAtThemToo() throws IOException {
        assertThat(seenAt("/open")).isEqualTo("null [] false -1 -1 7 1000 x [x] null");
    }

    @Test
    void judgesAForwardByWhatTheClientSent() throws IOException {
        assertThat(seenAt("/forward/me")).isEqualTo("null [] false -1 -1 7 1000 x [x] alice");
        assertThat(site.get("/forward/scoped", site.bearer()).status()).isEqualTo(403);
        assertThat(site.get("/forward/me").status()).isEqualTo(401);
    }
}

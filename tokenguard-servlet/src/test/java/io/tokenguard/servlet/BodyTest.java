package io.tokenguard.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;

/** Body, parameters, query, cookies and trailers belong to the application: the filter leaves all of them unread. */
@OnEveryContainer
class BodyTest {
    private static final RecordedReads READS = new RecordedReads();

    private static Site site;

    @Parameter
    Container container;

    @BeforeParameterizedClassInvocation
    static void start(Container container) throws Exception {
        site = new Application("/raw authenticated", "/form authenticated", "/open public")
                .registeredBy((context, guard) -> {
                    READS.register(context);
                    TokenGuardFilter.register(context, guard);
                })
                .servlet(BodyTest::raw, "/raw")
                .servlet(BodyTest::form, "/form", "/open")
                .on(container);
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        site.close();
    }

    @BeforeEach
    void forget() {
        site.reached().clear();
        READS.reset();
    }

    @Test
    void isReadByNobodyBeforeTheApplicationAndWhollyByIt() throws IOException {
        String form = "access_token=" + site.tokenOf("mallory") + "&a=1&b=%C3%A9";
        Answer answer = site.post("/raw?q=1", form, site.bearer(), "Cookie: c=1");
        assertThat(answer.body()).isEqualTo("before: [] body: " + form);
        assertThat(READS.names()).containsExactly("getInputStream");
    }

    // RFC 6750 §2.2: a form with an access_token of its own stays a form
    @Test
    void leavesTheParametersOfAFormToTheApplication() throws IOException {
        Answer answer = site.post("/form?q=1", "access_token=x.y.z&a=1&a=2", site.bearer());
        assertThat(answer.body()).isEqualTo("before: [] access_token=[x.y.z] a=[1, 2] q=[1]");
    }

    @Test
    void leavesAnOpenPathAsUnread() throws IOException {
        assertThat(site.post("/open?q=2", "access_token=t&a=3").body())
                .isEqualTo("before: [] access_token=[t] a=[3] q=[2]");
    }

    @Test
    void staysUnreadWhereTheRequestIsRefused() throws IOException {
        assertThat(site.post("/raw?q=1", "a=1", "Cookie: c=1").status()).isEqualTo(401);
        assertThat(site.reached()).isEmpty();
        assertThat(READS.names()).isEmpty();
    }

    @Test
    void doesNotHoldBackTheAnswerToARefusedRequestWhoseBodyNeverComes() throws IOException {
        try (RawConnection connection = site.connect()) {
            Answer answer = connection.exchange(
                    "POST /raw HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10000000\r\n\r\nthe first bytes");
            assertThat(answer.status()).isEqualTo(401);
        }
    }

    private static void raw(HttpServletRequest request, HttpServletResponse response) throws IOException {
        List<String> before = READS.names();
        String body = new String(request.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        response.getWriter().print("before: " + before + " body: " + body);
    }

    private static void form(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        StringBuilder text = new StringBuilder("before: " + READS.names());
        for (String name : List.of("access_token", "a", "q")) {
            text.append(' ').append(name).append('=').append(List.of(request.getParameterValues(name)));
        }
        response.getWriter().print(text);
    }
}

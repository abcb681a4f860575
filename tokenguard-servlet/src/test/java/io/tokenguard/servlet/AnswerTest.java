package io.tokenguard.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.Decision.Challenge;
import io.tokenguard.testkit.TestIssuer;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;

/** A refusal on the wire, to the letter (RFC 6750 §3), whatever was in the response before. */
@OnEveryContainer
class AnswerTest {
    private static final Challenge TWO_SCHEMES =
            new Challenge(401, Map.of("WWW-Authenticate", List.of("Bearer realm=\"api\"", "DPoP algs=\"ES256\"")), "");

    private static Site site;

    @Parameter
    Container container;

    @BeforeParameterizedClassInvocation
    static void start(Container container) throws Exception {
        site = new Application("/me authenticated", "/orders scope orders:read", "/two public")
                .registeredBy((context, guard) -> {
                    prepareResponses(context);
                    TokenGuardFilter.register(context, guard);
                })
                .servlet(Page::identity, "/me")
                .servlet(Page::identity, "/orders")
                .servlet((request, response) -> ChallengeWriter.write(TWO_SCHEMES, response), "/two")
                .servingFiles()
                .on(container);
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        site.close();
    }

    @BeforeEach
    void forget() {
        site.reached().clear();
    }

    // RFC 6750 §3.1: no error code where the request carried no credentials
    @Test
    void namesNoErrorWhereNoTokenWasSent() throws IOException {
        Answer answer = site.get("/me");
        assertRefused(answer, 401, "");
        assertThat(answer.header("WWW-Authenticate")).first().isEqualTo("Bearer realm=\"api\"");
        assertThat(answer.header("Content-Type")).isEmpty();
    }

    @Test
    void namesTheScopeThatIsNeededWhereNoTokenWasSent() throws IOException {
        assertThat(site.get("/orders").header("WWW-Authenticate"))
                .first()
                .isEqualTo("Bearer realm=\"api\", scope=\"orders:read\"");
    }

    @Test
    void saysThatTheTokenIsInvalid() throws IOException {
        Answer answer = site.get("/me", "Authorization: Bearer " + expired(site.issuer()));
        assertRefused(answer, 401, "{\"error\":\"invalid_token\"}");
        assertThat(answer.header("WWW-Authenticate"))
                .first()
                .isEqualTo("Bearer realm=\"api\", error=\"invalid_token\","
                        + " error_description=\"The access token expired or was revoked\"");
        assertThat(answer.header("Content-Type")).containsExactly("application/json");
    }

    @Test
    void saysThatTheRequestIsInvalid() throws IOException {
        Answer answer = site.get("/me", site.bearer(), site.bearer());
        assertRefused(answer, 400, "{\"error\":\"invalid_request\"}");
        assertThat(answer.header("WWW-Authenticate"))
                .containsExactly("Bearer realm=\"api\", error=\"invalid_request\","
                        + " error_description=\"Send one access token, once, in the Authorization header\"");
    }

    @Test
    void saysThatTheScopeIsInsufficientAndWhichWouldNotBe() throws IOException {
        Answer answer = site.get("/orders", site.bearer());
        assertRefused(answer, 403, "{\"error\":\"insufficient_scope\"}");
        assertThat(answer.header("WWW-Authenticate"))
                .containsExactly("Bearer realm=\"api\", error=\"insufficient_scope\","
                        + " error_description=\"The access token does not grant access to this resource\","
                        + " scope=\"orders:read\"");
    }

    // RFC 9110 §11.6.1
    @Test
    void challengesByEachSchemeInALineOfItsOwn() throws IOException {
        Answer answer = site.get("/two");
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("WWW-Authenticate")).containsExactlyElementsOf(TWO_SCHEMES.wwwAuthenticate());
    }

    @Test
    void challengesNobodyOverAnAmbiguousPath() throws IOException {
        Answer answer = site.get("/me;x=1");
        assertRefused(answer, 400, "");
        assertThat(answer.header("WWW-Authenticate")).isEmpty();
    }

    // RFC 9110 §9.3.2: the fields of the answer to GET, and no body
    @Test
    void hasNoBodyInAnswerToHead() throws IOException {
        Answer answer = site.send("HEAD", "/orders", site.bearer());
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.body()).isEmpty();
        assertThat(answer.challenge()).contains("insufficient_scope");
    }

    @Test
    void keepsTheFieldsOfFiltersBeforeItAndDropsWhatTheyWrote() throws IOException {
        Answer answer = site.get("/me?buffer=yes");
        assertRefused(answer, 401, "");
        assertThat(answer.header("Strict-Transport-Security")).containsExactly("max-age=1");
    }

    @Test
    void replacesFieldsThatWouldContradictIt() throws IOException {
        Answer answer = site.get("/orders?contradict=yes", site.bearer());
        assertRefused(answer, 403, "{\"error\":\"insufficient_scope\"}");
        assertThat(answer.header("WWW-Authenticate")).hasSize(1);
        assertThat(answer.header("Content-Length")).containsExactly("30");
    }

    @Test
    void isNotWrittenAfterAnAnswerThatIsOnItsWayAndTheApplicationIsStillNotReached() throws IOException {
        Answer answer = site.get("/orders?commit=yes", site.bearer());
        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.body()).isEqualTo("on its way");
        assertThat(site.reached()).isEmpty();
    }

    private static void assertRefused(Answer answer, int status, String body) {
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.body()).isEqualTo(body);
        assertThat(answer.header("Cache-Control")).containsExactly("no-store");
        assertThat(answer.header("Set-Cookie")).isEmpty();
        assertThat(site.reached()).isEmpty();
    }

    private static String expired(TestIssuer issuer) {
        Instant longAgo = Instant.now().minus(Duration.ofHours(1));
        return issuer.token()
                .issuedAt(longAgo)
                .expiresAt(longAgo.plusSeconds(60))
                .sign();
    }

    /** Filters before ours, that leave something in the response. */
    private static void prepareResponses(ServletContext context) {
        context.addFilter("before", (request, response, chain) -> {
                    HttpServletResponse answer = (HttpServletResponse) response;
                    prepare(String.valueOf(((HttpServletRequest) request).getQueryString()), answer);
                    chain.doFilter(request, response);
                })
                .addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/*");
    }

    private static void prepare(String wish, HttpServletResponse response) throws IOException {
        response.setHeader("Strict-Transport-Security", "max-age=1");
        switch (wish) {
            case "buffer=yes" -> response.getWriter().print("half a page");
            case "contradict=yes" -> {
                response.setHeader("Cache-Control", "public, max-age=3600");
                response.addHeader("WWW-Authenticate", "Basic realm=\"other\"");
                response.setContentLength(3);
                response.setContentType("text/html");
            }
            case "commit=yes" -> {
                response.setStatus(202);
                response.getOutputStream().print("on its way");
                response.flushBuffer();
            }
            default -> {}
        }
    }
}

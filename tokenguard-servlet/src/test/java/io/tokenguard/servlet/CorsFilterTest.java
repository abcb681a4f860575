package io.tokenguard.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.config.Dpop;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A CORS policy of the guard's own, over sockets (Fetch Standard §3.2.3). */
@OnEveryContainer
class CorsFilterTest {
    private static final String APP = "https://app.example.com";
    private static final String ORIGIN = "Origin: " + APP;
    private static final String METHOD = "Access-Control-Request-Method: GET";
    private static final String METADATA = "/.well-known/oauth-protected-resource";

    private static Site site;

    @Parameter
    Container container;

    @BeforeParameterizedClassInvocation
    static void start(Container container) throws Exception {
        site = new Application("/me authenticated", "/forward public", "/open public", "/fail authenticated")
                .built(settings -> settings.corsAllowedOrigins(APP)
                        .corsAllowedMethods("GET")
                        .resource(URI.create("https://api.example.com"))
                        .resourceHosts("localhost")
                        .dpop(Dpop.supported().askForNonces()))
                .servlet(Page::identity, "/me", "/open")
                .servlet(
                        (request, response) ->
                                request.getRequestDispatcher("/open").forward(request, response),
                        "/forward")
                .servlet((request, response) -> response.sendError(HttpServletResponse.SC_CONFLICT), "/fail")
                .on(container);
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        site.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/me", "/open", "/fail"})
    void answersPreflightsBeforeTheApplication(String path) throws IOException {
        site.reached().clear();
        Answer answer = site.send("OPTIONS", path, ORIGIN, METHOD, "Access-Control-Request-Headers: authorization");
        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.header("Access-Control-Allow-Origin")).containsExactly(APP);
        assertThat(answer.header("Access-Control-Allow-Methods")).containsExactly("GET");
        assertThat(answer.header("Access-Control-Allow-Headers")).containsExactly("Authorization, DPoP, Content-Type");
        assertThat(answer.header("Vary")).containsExactly("Origin");
        assertThat(answer.header("Content-Length")).isEmpty();
        assertThat(site.reached()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://app.example.com.evil",
                "https://evilapp.example.com",
                "https://app.example.com:444",
                "https://app.example.com@evil.example",
                "https://APP.example.com",
                "http://app.example.com",
                "https://app.example.com, https://evil.example",
                "null",
                "*"
            })
    void givesOtherOriginsNothing(String origin) throws IOException {
        site.reached().clear();
        assertThat(site.send("OPTIONS", "/open", "Origin: " + origin, METHOD))
                .satisfies(answer -> assertThat(answer.status()).isEqualTo(403))
                .satisfies(CorsFilterTest::permitsNothing);
        assertThat(site.reached()).isEmpty();
        permitsNothing(site.get("/me", "Origin: " + origin));
        permitsNothing(site.get("/open", "Origin: " + origin));
        permitsNothing(site.get("/me", "Origin: " + origin, site.bearer()));
        permitsNothing(site.get("/open", ORIGIN, "Origin: " + origin));
    }

    private static void permitsNothing(Answer answer) {
        assertThat(answer.fieldLines()).noneMatch(line -> line.startsWith("Access-Control-"));
        assertThat(answer.header("Vary")).contains("Origin");
    }

    @Test
    void letsScriptsReadRefusals() throws IOException {
        Answer answer = site.get("/me", ORIGIN);
        assertThat(answer.status()).isEqualTo(401);
        isReadable(answer);
        assertThat(answer.header("Access-Control-Expose-Headers").get(0)).startsWith("WWW-Authenticate, Retry-After");
    }

    @ParameterizedTest
    @CsvSource({"/me, 200", "/open, 200", "/forward, 200", "/fail, 409"})
    void letsScriptsReadWhatTheApplicationAnswers(String path, int status) throws IOException {
        Answer answer = site.get(path, ORIGIN, site.bearer());
        assertThat(answer.status()).isEqualTo(status);
        isReadable(answer);
    }

    /** Browsers refuse an answer that allows two origins, or one origin twice. */
    private static void isReadable(Answer answer) {
        assertThat(answer.header("Access-Control-Allow-Origin")).containsExactly(APP);
    }

    @Test
    void showsAScriptTheNonceForItsFirstProof() throws IOException {
        Answer answer = site.get("/me", ORIGIN, "Authorization: DPoP " + site.tokenOf("alice"), "DPoP: x");
        assertThat(answer.status()).isEqualTo(401);
        isReadable(answer);
        assertThat(answer.header("Access-Control-Expose-Headers").get(0)).contains("DPoP-Nonce");
    }

    @Test
    void letsEveryOriginReadTheMetadata() throws IOException {
        Answer preflight = site.send("OPTIONS", METADATA, "Origin: https://any.example", METHOD);
        assertThat(preflight.status()).isEqualTo(204);
        assertThat(preflight.header("Access-Control-Allow-Origin")).containsExactly("*");
        assertThat(site.get(METADATA, "Origin: https://any.example").header("Access-Control-Allow-Origin"))
                .containsExactly("*");
        isReadable(site.get(METADATA, ORIGIN));
    }

    /** RFC 9110 §12.5.5: what the application stated about the request still holds. */
    @Test
    void addsToTheVaryOfAFilterOfTheApplicationInFrontOfIt() throws Exception {
        Application application = new Application("/me authenticated")
                .built(settings -> settings.corsAllowedOrigins(APP).corsAllowedMethods("GET"))
                .registeredBy((context, guard) -> {
                    context.addFilter("language", (request, response, chain) -> {
                                ((HttpServletResponse) response).setHeader("Vary", "Accept-Language");
                                chain.doFilter(request, response);
                            })
                            .addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/*");
                    TokenGuardFilter.register(context, guard);
                })
                .servlet(Page::identity, "/me");
        try (Site other = application.on(container)) {
            assertThat(other.get("/me", ORIGIN).header("Vary")).containsExactly("Accept-Language", "Origin");
            assertThat(other.get("/me", ORIGIN, other.bearer()).header("Vary"))
                    .containsExactly("Accept-Language", "Origin");
            assertThat(other.send("OPTIONS", "/me", ORIGIN, METHOD).header("Vary"))
                    .containsExactly("Accept-Language", "Origin");
        }
    }

    @Test
    void leavesPreflightsToAFilterOfTheApplicationInFrontOfIt() throws Exception {
        Application application = new Application("/me authenticated")
                .built(settings -> settings.corsAllowedOrigins(APP))
                .registeredBy((context, guard) -> {
                    context.addFilter("cors", (request, response, chain) -> {
                                ((HttpServletResponse) response).setHeader("Access-Control-Allow-Origin", APP);
                                chain.doFilter(request, response);
                            })
                            .addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/*");
                    TokenGuardFilter.register(context, guard);
                })
                .servlet(Page::identity, "/me");
        try (Site other = application.on(container)) {
            isReadable(other.get("/me", ORIGIN));
            isReadable(other.get("/me", ORIGIN, other.bearer()));
        }
    }
}

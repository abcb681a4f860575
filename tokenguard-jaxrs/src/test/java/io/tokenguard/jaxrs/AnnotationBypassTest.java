package io.tokenguard.jaxrs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.OPTIONS;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.io.IOException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Known ways around annotations. */
@OnEveryRuntime
class AnnotationBypassTest {
    private static final Meddling.CountingReader READER = new Meddling.CountingReader();
    private static final Meddling.Nosy NOSY = new Meddling.Nosy();
    private static final String SCOPE_LACKING = "{\"error\":\"insufficient_scope\"}";

    private static RestSite site;

    @Parameter
    RestRuntime runtime;

    @BeforeParameterizedClassInvocation
    static void start(RestRuntime runtime) throws Exception {
        RestApplication application = new RestApplication(
                        Documents.class,
                        InheritedShapes.Bare.class,
                        InheritedShapes.OwnRules.class,
                        InheritedShapes.OfRuledMethod.class,
                        GenericShapes.Notes.class,
                        new ProxyShapes.Orders$$Proxy(),
                        LocatorShapes.Shop.class,
                        MethodShapes.Methods.class)
                .with(READER)
                .with(NOSY)
                .with(new Meddling.CatchAll())
                .with(new Meddling.Whitewash())
                .with(new Meddling.Rewriting())
                .with(new Meddling.Preflights());
        site = (runtime.isJersey() ? JerseyModels.addTo(application) : application).on(runtime);
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        site.close();
    }

    private static void assertProtected(String path, String... enough) throws IOException {
        assertThat(site.get(path).status()).isEqualTo(401);
        assertThat(site.get(path, site.bearer()).status()).isEqualTo(403);
        assertThat(site.get(path, site.bearer(enough)).body()).isEqualTo("reached");
    }

    private static void assertClosed(String path) throws IOException {
        assertThat(site.get(path).status()).isEqualTo(401);
        assertThat(site.get(path, site.bearer("a", "b", "c")).status()).isEqualTo(403);
    }

    @Test
    @DisplayName("a rule on the interface only (quarkus#41119)")
    void findsRulesOnInterfaces() throws IOException {
        assertProtected("/interface/bare", "a");
    }

    @Test
    @DisplayName("paths on the interface, rules on the class (quarkus#39964)")
    void findsRulesOnImplementations() throws IOException {
        assertProtected("/interface/own", "a");
    }

    @Test
    @DisplayName("a method that is inherited and not overridden (quarkus#38754)")
    void findsRulesOfInheritedMethods() throws IOException {
        assertProtected("/class/method", "a");
    }

    @Test
    @DisplayName("a method behind a bridge (CVE-2025-41248)")
    void findsRulesBehindBridges() throws IOException {
        assertProtected("/generic/interface/1", "a");
    }

    @Test
    @DisplayName("a proxy that carries no annotations (quarkus#28995)")
    void findsRulesBehindProxies() throws IOException {
        assertProtected("/proxy/method", "a");
    }

    @Test
    @DisplayName("a sub-resource demands what its locators demand beside its own")
    void followsLocators() throws IOException {
        assertProtected("/shop/ruled/scoped", "a", "b");
        assertThat(site.get("/shop/ruled/scoped", site.bearer("a")).status()).isEqualTo(403);
        assertThat(site.get("/shop/ruled/scoped", site.bearer("b")).status()).isEqualTo(403);
    }

    @Test
    @DisplayName("a sub-resource without a rule")
    void refusesSubResourcesWithoutARule() throws IOException {
        assertClosed("/shop/ruled/none");
    }

    @Test
    @DisplayName("a resource without a rule")
    void refusesResourcesWithoutARule() throws IOException {
        assertClosed("/methods/none");
    }

    @ParameterizedTest
    @DisplayName("nothing of the body is read before a refusal (CVE-2023-6267)")
    @ValueSource(strings = {"", "Authorization: Bearer nonsense"})
    void refusesBeforeTheBodyHasCome(String credentials) throws IOException {
        int before = READER.reads.get();
        int seen = NOSY.runs.get();
        String fields = credentials.isEmpty() ? "" : credentials + "\r\n";
        Answer answer = site.exchange("POST /documents HTTP/1.1\r\nHost: localhost\r\n" + fields
                + "Content-Type: application/json\r\nContent-Length: 10485760\r\n\r\n{\"never\": ");
        assertThat(answer.status()).isEqualTo(401);
        assertThat(READER.reads).hasValue(before);
        assertThat(NOSY.runs).hasValue(seen);
        assertThat(site.send("POST", "/documents", "{}", "Content-Type: application/json", site.bearer("a"))
                        .body())
                .isEqualTo("2 read");
    }

    @Test
    @DisplayName("what is judged is the final match (a filter rewrites the path)")
    void judgesTheRewrittenPath() throws IOException {
        assertThat(site.get("/methods/open", "X-Path: /methods/one").status()).isEqualTo(401);
        assertThat(site.get("/methods/open", "X-Path: /methods/one", site.bearer())
                        .body())
                .isEqualTo(SCOPE_LACKING);
        assertThat(site.get("/methods/one", "X-Path: /methods/open").body()).isEqualTo("reached");
    }

    @Test
    @DisplayName("what is judged is the final match (a filter rewrites the method)")
    void judgesTheRewrittenMethod() throws IOException {
        assertThat(site.get("/documents", "X-Method: DELETE").status()).isEqualTo(401);
        assertThat(site.get("/documents", "X-Method: DELETE", site.bearer("a")).body())
                .isEqualTo(SCOPE_LACKING);
        assertThat(site.get("/documents", "X-Method: DELETE", site.bearer("b")).body())
                .isEqualTo("deleted");
    }

    @Test
    @DisplayName("an expression as the path")
    void protectsPathsWithExpressions() throws IOException {
        assertProtected("/methods/42-expression", "a");
    }

    @Test
    @DisplayName("resources that are made in code")
    void refusesResourcesThatAreMadeInCode() throws IOException {
        assumeTrue(runtime.isJersey());
        assertClosed("/made/lambda");
        assertClosed("/made/class");
        assertProtected("/made/ruled", "a");
        assertClosed("/leading/bare");
        assertThat(site.get("/leading/ruled", site.bearer("a")).status()).isEqualTo(403);
        assertThat(site.get("/leading/ruled", site.bearer("b")).status()).isEqualTo(403);
        assertProtected("/leading/ruled", "a", "b");
    }

    @ParameterizedTest
    @DisplayName("OPTIONS that a runtime answers by itself")
    @ValueSource(strings = {"/documents", "/methods/open", "/methods/one"})
    void refusesAutomaticOptions(String path) throws IOException {
        Answer withoutToken = site.send("OPTIONS", path, "");
        assertThat(withoutToken.status()).isEqualTo(401);
        assertThat(withoutToken.challenge()).startsWith("Bearer realm=\"api\" | DPoP realm=\"api\", algs=");
        assertThat(withoutToken.body()).isEmpty();
        assertThat(site.send("OPTIONS", path, "", site.bearer("a", "b")).status())
                .isEqualTo(403);
    }

    @Test
    @DisplayName("OPTIONS that a resource answers")
    void judgesOptionsOfTheApplicationByItsRule() throws IOException {
        assertThat(site.send("OPTIONS", "/documents/own", "").status()).isEqualTo(401);
        assertThat(site.send("OPTIONS", "/documents/own", "", site.bearer("a")).body())
                .isEqualTo("own options");
    }

    @Test
    @DisplayName("a preflight that the application answers before matching is its own")
    void leavesPreflightsToTheApplication() throws IOException {
        Answer answer = site.send(
                "OPTIONS", "/documents", "", "Origin: https://a.example", "Access-Control-Request-Method: GET");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("preflight");
    }

    @ParameterizedTest
    @DisplayName("WADL")
    @ValueSource(strings = {"/application.wadl", "/application.wadl?detail=true", "/application.wadl/xsd0.xsd"})
    void refusesWadl(String path) throws IOException {
        assumeTrue(runtime.isJersey());
        assertClosed(path);
    }

    @Test
    @DisplayName("neither a catch-all mapper nor a response filter turns a refusal into something else")
    void answersAsTheGuardSays() throws IOException {
        Answer withoutToken = site.get("/methods/one");
        assertThat(withoutToken.status()).isEqualTo(401);
        assertThat(withoutToken.challenge())
                .startsWith("Bearer realm=\"api\", scope=\"a\" | DPoP realm=\"api\", algs=");
        assertThat(withoutToken.header("Cache-Control")).containsExactly("no-store");
        assertThat(withoutToken.body()).isEmpty();
        Answer badToken = site.get("/methods/one", "Authorization: Bearer nonsense");
        assertThat(badToken.status()).isEqualTo(401);
        assertThat(badToken.challenge()).startsWith("Bearer realm=\"api\", error=\"invalid_token\"");
        assertThat(badToken.header("Content-Type")).containsExactly("application/json");
        assertThat(badToken.body()).isEqualTo("{\"error\":\"invalid_token\"}");
        Answer lacking = site.get("/methods/one", site.bearer());
        assertThat(lacking.status()).isEqualTo(403);
        assertThat(lacking.challenge()).contains("error=\"insufficient_scope\"").endsWith("scope=\"a\"");
        assertThat(lacking.body()).isEqualTo(SCOPE_LACKING);
    }

    @Test
    @DisplayName("HEAD is judged as GET")
    void judgesHeadAsGet() throws IOException {
        assertThat(site.send("HEAD", "/methods/one", "").status()).isEqualTo(401);
        assertThat(site.send("HEAD", "/methods/one", "", site.bearer()).status())
                .isEqualTo(403);
        assertThat(site.send("HEAD", "/methods/one", "", site.bearer("a")).status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @DisplayName("methods that no resource serves")
    @ValueSource(strings = {"TRACE", "GETX", "PROPFIND", "DELETE"})
    void servesNoOtherMethod(String method) throws IOException {
        Answer answer = site.send(method, "/methods/one", "", site.bearer("a"));
        assertThat(answer.body()).doesNotContain("reached").doesNotContain("Bearer ");
    }

    @Path("/documents")
    @RequiresScopes("a")
    public static class Documents {
        @GET
        @PermitAll
        public String read() {
            return "read";
        }

        @POST
        @Consumes("application/json")
        public String write(Meddling.Document document) {
            return document.length() + " read";
        }

        @DELETE
        @RequiresScopes("b")
        public String delete() {
            return "deleted";
        }

        @OPTIONS
        @Path("own")
        public String options() {
            return "own options";
        }
    }
}

package io.tokenguard.jaxrs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tokenguard.TokenGuard;
import io.tokenguard.TrustedIssuer;
import io.tokenguard.access.AccessRequirement;
import io.tokenguard.testkit.TestIssuer;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.core.Application;
import java.lang.reflect.Method;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;

/** The examples of the pages, run as they stand but for the address of the issuer. */
@OnEveryRuntime
class DocumentedApplicationTest {
    @Parameter
    RestRuntime runtime;

    @TempDir
    Path classes;

    @Test
    void theApplicationServesItsResourcesToWhomTheyAreFor() throws Exception {
        try (TestIssuer issuer = TestIssuer.builder().start();
                RunningServer server = runtime.start(shop(issuer))) {
            awaitKeys(server, issuer);
            assertThat(get(server, "/orders").status()).isEqualTo(401);
            assertThat(get(server, "/orders", bearer(issuer, "other")).status()).isEqualTo(403);
            Answer granted = get(server, "/orders", bearer(issuer, "orders:read"));
            assertThat(granted.status()).isEqualTo(200);
            assertThat(granted.body()).isEqualTo("orders of alice");
            assertThat(get(server, "/orders/any", bearer(issuer, "reports:admin"))
                            .body())
                    .isEqualTo("reports");
            assertThat(get(server, "/orders/opening-hours").body()).isEqualTo("always");
        }
    }

    @Test
    @EnabledIf("isOnGrizzly")
    void theServerOnGrizzlyAcceptsTokensFromThisMachine() throws Exception {
        try (TestIssuer issuer = TestIssuer.builder().start();
                TokenGuard guard = TokenGuard.builder()
                        .issuer(TrustedIssuer.builder(issuer.issuer())
                                .audience("https://api.example.com")
                                .build())
                        .build();
                RunningServer server = onGrizzly(guard)) {
            awaitKeys(server, issuer);
            assertThat(get(server, "/orders").status()).isEqualTo(401);
            assertThat(get(server, "/orders", bearer(issuer, "orders:read")).body())
                    .isEqualTo("orders of alice");
        }
    }

    boolean isOnGrizzly() {
        return runtime == RestRuntime.JERSEY;
    }

    private RunningServer onGrizzly(TokenGuard guard) throws Exception {
        return JerseyServer.running(
                PageExample.compile("jaxrs.md", List.of("GrizzlyShop", "Orders"), UnaryOperator.identity(), classes)
                        .loadClass("GrizzlyShop")
                        .getDeclaredMethod("start", URI.class, TokenGuard.class)
                        .invoke(null, URI.create("http://127.0.0.1:0/"), guard));
    }

    @Test
    void theRulesForAClassThatCannotBeAnnotatedHold() throws Exception {
        Method rules = PageExample.compile("jaxrs.md", List.of("Rules"), UnaryOperator.identity(), classes)
                .loadClass("Rules")
                .getDeclaredMethod("feature", TokenGuard.class, Class.class);
        rules.setAccessible(true);
        RestApplication application = new RestApplication(OfSomebodyElse.class)
                .featureFrom(guard -> (TokenGuardFeature) rules.invoke(null, guard, OfSomebodyElse.class));
        try (RestSite site = (runtime.isJersey() ? JerseyModels.withoutWadl(application) : application).on(runtime)) {
            assertThat(site.get("/other").status()).isEqualTo(401);
            assertThat(site.feature().endpoints())
                    .filteredOn(endpoint -> endpoint.resource() == OfSomebodyElse.class)
                    .extracting(EndpointRule::requirement)
                    .containsExactly(AccessRequirement.scope("docs:read"));
        }
    }

    private Application shop(TestIssuer issuer) throws Exception {
        UnaryOperator<String> change =
                code -> atThisMachine(code.replace("https://issuer.example.com", issuer.issuer()));
        return (Application) PageExample.compile("jaxrs.md", shopClasses(), change, classes)
                .loadClass("Shop")
                .getDeclaredConstructor()
                .newInstance();
    }

    private List<String> shopClasses() {
        return runtime == RestRuntime.RESTEASY_NETTY
                ? List.of("Shop", "Orders", "NettyShop")
                : List.of("Shop", "Orders");
    }

    /** Without servlets, plain http from this machine is accepted only if the client's address is known. */
    private String atThisMachine(String code) {
        return switch (runtime) {
            case JERSEY_SERVLET, RESTEASY -> code;
            case RESTEASY_NETTY -> code.replace("TokenGuardFeature.of(guard)", "NettyShop.feature(guard)");
            case JERSEY ->
                code.replace(
                        "TokenGuardFeature.of(guard)",
                        "TokenGuardFeature.builder(guard).clientAddress(request -> \"127.0.0.1\").build()");
        };
    }

    /** On a busy machine the first load of the keys takes longer than a request waits. */
    private static void awaitKeys(RunningServer server, TestIssuer issuer) {
        await().atMost(Duration.ofMinutes(1))
                .until(() -> get(server, "/orders", bearer(issuer, "other")).status() != 503);
    }

    private static Answer get(RunningServer server, String path, String... lines) throws Exception {
        String fields = String.join(
                "", List.of(lines).stream().map(line -> line + "\r\n").toList());
        try (RawConnection connection = new RawConnection("127.0.0.1", server.port())) {
            return connection.exchange(
                    "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + fields + "\r\n");
        }
    }

    private static String bearer(TestIssuer issuer, String scope) {
        return "Authorization: Bearer " + issuer.token().scope(scope).sign();
    }

    @jakarta.ws.rs.Path("/other")
    public static class OfSomebodyElse {
        @GET
        public String serve() {
            return "reached";
        }
    }
}

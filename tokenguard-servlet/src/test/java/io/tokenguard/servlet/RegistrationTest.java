package io.tokenguard.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.tokenguard.TokenGuard;
import io.tokenguard.TrustedIssuer;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;

/** The filter in an application: alone, among others, twice, and declared with init-params. */
@OnEveryContainer
class RegistrationTest {
    @Parameter
    Container container;

    @Test
    void standsBeforeTheFiltersOfTheApplication() throws Exception {
        List<String> order = new CopyOnWriteArrayList<>();
        Application application = new Application("/me authenticated")
                .registeredBy((context, guard) -> {
                    note(context, "declared before", order);
                    TokenGuardFilter.register(context, guard);
                })
                .with(context -> note(context, "declared after", order))
                .servlet(Page::identity, "/me");
        try (Site site = application.on(container)) {
            assertThat(site.get("/me").status()).isEqualTo(401);
            assertThat(order).isEmpty();
            assertThat(site.get("/me", site.bearer()).body()).isEqualTo(Page.known("alice"));
            assertThat(order).containsExactly("declared before", "declared after");
        }
    }

    @Test
    void cannotBeRegisteredTwiceUnderItsOwnName() throws Exception {
        AtomicReference<Throwable> second = new AtomicReference<>();
        Application application = new Application("/me authenticated")
                .registeredBy((context, guard) -> {
                    TokenGuardFilter.register(context, guard);
                    second.set(catchThrowable(() -> TokenGuardFilter.register(context, guard)));
                })
                .servlet(Page::identity, "/me");
        try (Site site = application.on(container)) {
            assertThat(second.get()).isInstanceOf(IllegalStateException.class).hasMessageContaining("already");
            assertThat(site.get("/me").status()).isEqualTo(401);
        }
    }

    // A proof can be spent once only, so a request is judged once, however many filters of a guard it meets
    @Test
    void judgesARequestOnceThoughItMeetsTheGuardTwice() throws Exception {
        AuthorizationReads reads = new AuthorizationReads();
        Application application = new Application("/me authenticated", "/other authenticated")
                .registeredBy((context, guard) -> {
                    reads.register(context);
                    TokenGuardFilter.register(context, guard);
                    add(context, "second", new TokenGuardFilter(guard));
                })
                .servlet(Page::identity, "/me")
                .servlet(
                        (request, response) ->
                                request.getRequestDispatcher("/me").forward(request, response),
                        "/other");
        try (Site site = application.on(container)) {
            assertThat(site.get("/me", site.bearer()).body()).isEqualTo(Page.known("alice"));
            assertThat(reads.count()).isEqualTo(1);
            assertThat(site.get("/other", site.bearer()).body()).isEqualTo(Page.known("alice"));
            assertThat(reads.count()).isEqualTo(2);
            assertThat(site.get("/me").status()).isEqualTo(401);
        }
    }

    @Test
    void judgesAgainWhereAFilterInBetweenHasMadeItAnotherRequest() throws Exception {
        Application application = new Application("GET /me authenticated", "DELETE /me role admin")
                .registeredBy((context, guard) -> {
                    TokenGuardFilter.register(context, guard);
                    context.addFilter(
                                    "override",
                                    (request, response, chain) ->
                                            chain.doFilter(new Overridden((HttpServletRequest) request), response))
                            .addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/*");
                    add(context, "second", new TokenGuardFilter(guard));
                })
                .servlet(Page::identity, "/me");
        try (Site site = application.on(container)) {
            assertThat(site.get("/me", site.bearer()).status()).isEqualTo(403);
            assertThat(site.reached()).isEmpty();
            assertThat(site.get("/me", site.bearerWithRole("admin")).status()).isEqualTo(200);
        }
    }

    @Test
    void asksEachOfTwoGuards() throws Exception {
        TokenGuard deaf = TokenGuard.builder()
                .issuer(TrustedIssuer.builder("https://elsewhere.example")
                        .audience("https://api.example.com")
                        .keysFrom((keyId, algorithm) -> {
                            throw new IllegalStateException("never asked for");
                        })
                        .build())
                .route("/me authenticated")
                .route("/open public")
                .build();
        Application application = new Application("/** public")
                .registeredBy((context, guard) -> {
                    TokenGuardFilter.register(context, guard);
                    add(context, "second", new TokenGuardFilter(deaf));
                })
                .servlet(Page::identity, "/me")
                .servlet(Page::identity, "/open");
        try (deaf;
                Site site = application.on(container)) {
            assertThat(site.get("/me", site.bearer()).status()).isEqualTo(401);
            assertThat(site.reached()).isEmpty();
            assertThat(site.get("/open").body()).isEqualTo(Page.unknown());
        }
    }

    @Test
    void guardsByInitParams() throws Exception {
        Application application = new Application().servlet(Page::identity, "/me");
        application.registeredBy((context, guard) -> declare(context, application.initParams()));
        try (Site site = application.on(container)) {
            assertThat(site.get("/me").status()).isEqualTo(401);
            assertThat(site.get("/me", site.bearer()).body()).isEqualTo(Page.known("alice"));
        }
    }

    @Test
    void doesNotLetAnApplicationStartWithAnInitParamThatIsNotKnown() {
        Application application = new Application().servlet(Page::identity, "/me");
        application.registeredBy((context, guard) -> {
            Map<String, String> parameters = application.initParams();
            parameters.put("issuer-uri", "https://issuer.example");
            declare(context, parameters);
        });
        assertThatThrownBy(() -> application.on(container).close()).isInstanceOf(Exception.class);
    }

    // Filters that match by path run before all that match by servlet name, and can answer upgrades
    @Test
    void doesNotStartMappedToServletNamesOnly() {
        Application application = new Application("/me authenticated")
                .registeredBy(RegistrationTest::mapToServlets)
                .servlet(Page::identity, "/me");
        assertThatThrownBy(() -> application.on(container).close()).isInstanceOf(Exception.class);
    }

    @Test
    void startsMappedToServletNamesAndEveryPath() throws Exception {
        Application application = new Application("/me authenticated")
                .registeredBy((context, guard) -> mapToServlets(context, guard)
                        .addMappingForUrlPatterns(EnumSet.allOf(DispatcherType.class), false, "/*"))
                .servlet(Page::identity, "/me");
        try (Site site = application.on(container)) {
            assertThat(site.get("/me").status()).isEqualTo(401);
            assertThat(site.get("/me", site.bearer()).body()).isEqualTo(Page.known("alice"));
        }
    }

    private static FilterRegistration.Dynamic mapToServlets(ServletContext context, TokenGuard guard) {
        FilterRegistration.Dynamic registration = context.addFilter("tokens", new TokenGuardFilter(guard));
        registration.addMappingForServletNames(EnumSet.allOf(DispatcherType.class), false, "*");
        return registration;
    }

    private static void note(ServletContext context, String name, List<String> order) {
        FilterRegistration.Dynamic registration = context.addFilter(name, (request, response, chain) -> {
            order.add(name);
            chain.doFilter(request, response);
        });
        registration.setAsyncSupported(true);
        registration.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), true, "/*");
    }

    private static void declare(ServletContext context, Map<String, String> parameters) {
        FilterRegistration.Dynamic registration = context.addFilter("tokens", TokenGuardFilter.class);
        assertThat(registration.setInitParameters(parameters)).isEmpty();
        registration.setAsyncSupported(true);
        registration.addMappingForUrlPatterns(EnumSet.allOf(DispatcherType.class), false, "/*");
    }

    private static void add(ServletContext context, String name, TokenGuardFilter filter) {
        FilterRegistration.Dynamic registration = context.addFilter(name, filter);
        registration.setAsyncSupported(true);
        registration.addMappingForUrlPatterns(EnumSet.allOf(DispatcherType.class), false, "/*");
    }

    private static final class Overridden extends HttpServletRequestWrapper {
        Overridden(HttpServletRequest request) {
            super(request);
        }

        @Override
        public String getMethod() {
            return "DELETE";
        }
    }
}

package io.tokenguard.jaxrs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tokenguard.access.AccessRequirement;
import io.tokenguard.access.ConfigurationException;
import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What contradicts itself, or says nothing, is known when an application starts. */
@OnEveryRuntime
class StartTest {
    @Parameter
    RestRuntime runtime;

    @ParameterizedTest
    @DisplayName("annotations that contradict each other")
    @ValueSource(
            classes = {
                OpenAndScoped.class,
                OpenAndKnown.class,
                ClosedAndRoles.class,
                OpenAndClosed.class,
                OpenOfScopedInterface.class,
                ScopedOfOpenInterface.class,
                OpenOfScopedSuperclass.class,
                ScopedClassOfOpenMethod.class,
                LeadingToContradiction.class,
                ContradictingLocator.class,
                NoScope.class,
                NoRole.class,
                NoJakartaRole.class,
                BadScope.class,
                BadPolicy.class,
                OpenByPolicy.class,
                NoStrength.class,
                NoAge.class
            })
    void refusesWhatContradictsItself(Class<?> resource) {
        assertThat(failureOf(new RestApplication(resource))).isInstanceOf(ConfigurationException.class);
    }

    /** Runtimes wrap what fails their start, or do not. */
    private Throwable failureOf(RestApplication application) {
        Throwable failure = catchThrowable(() -> application.on(runtime).close());
        assertThat(failure).isNotNull();
        return rootOf(failure);
    }

    private static Throwable rootOf(Throwable failure) {
        return failure.getCause() == null ? failure : rootOf(failure.getCause());
    }

    @Test
    void namesThePlaceAndTheMend() {
        assertThat(failureOf(new RestApplication(OpenAndScoped.class)))
                .hasMessage(OpenAndScoped.class.getName()
                        + ".serve is '[public, scope a]': @PermitAll and @DenyAll can't"
                        + " be combined with other requirements; remove one");
    }

    @Test
    void namesTheMethodOfAnEmptyAnnotation() {
        assertThat(failureOf(new RestApplication(WithoutScopes.class)))
                .hasMessage(WithoutScopes.class.getName() + ".serve is 'RequiresScopes': name at least one");
    }

    @Test
    void namesTheMethodAndTheMistakeOfAPolicy() {
        assertThat(failureOf(new RestApplication(BadPolicy.class)))
                .hasMessageContaining(BadPolicy.class.getName() + ".serve")
                .hasMessageContaining("RequiresPolicy")
                .hasMessageContaining("at character 14");
    }

    @Test
    @DisplayName("a resource without a rule, where rules are demanded")
    void refusesResourcesWithoutARuleWhereItIsStrict() {
        assertThat(failureOf(new RestApplication(Unruled.class).set(feature -> wadlClosed(feature.strict()))))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("Unruled.serve")
                .hasMessageEndingWith("annotate the method or its class, with @DenyAll to deny all requests");
    }

    @Test
    void startsWhereItIsStrictAndAllIsStated() throws Exception {
        RestApplication application = new RestApplication(Ruled.class).set(feature -> wadlClosed(feature.strict()));
        try (RestSite site = application.on(runtime)) {
            assertThat(site.get("/ruled").status()).isEqualTo(401);
        }
    }

    @Test
    void listsWhatEachEndpointDemands() throws Exception {
        try (RestSite site = new RestApplication(Ruled.class, Unruled.class).on(runtime)) {
            List<EndpointRule> endpoints = site.feature().endpoints().stream()
                    .filter(endpoint -> endpoint.resource().getName().startsWith("io.tokenguard"))
                    .toList();
            assertThat(endpoints).hasSize(2);
            assertThat(endpoints.get(0).requirement()).isEqualTo(AccessRequirement.scope("a"));
            assertThat(endpoints.get(0)).hasToString(Ruled.class.getName() + ".serve: scope a");
            assertThat(endpoints.get(1).isStated()).isFalse();
            assertThat(endpoints.get(1)).hasToString(Unruled.class.getName() + ".serve: no rule, refused");
        }
    }

    @Test
    void refusesContradictionsThatItFindsLater() throws Exception {
        try (RestSite site = new RestApplication(LeadingSomewhere.class).on(runtime)) {
            assertThat(site.get("/somewhere/there").status()).isEqualTo(401);
            assertThat(site.get("/somewhere/there", site.bearer("a")).status()).isEqualTo(403);
            assertThat(site.get("/somewhere/there", site.bearer("a")).status()).isEqualTo(403);
            assertThat(site.get("/somewhere/fine", site.bearer("a")).body()).isEqualTo("reached");
        }
    }

    @Test
    void takesRulesForClassesThatCannotBeAnnotated() throws Exception {
        RestApplication application = new RestApplication(Unruled.class)
                .set(feature -> feature.strict()
                        .rule(Unruled.class, AccessRequirement.scope("b"))
                        .rule(wadlResource(), AccessRequirement.denied()));
        try (RestSite site = application.on(runtime)) {
            assertThat(site.get("/unruled", site.bearer()).status()).isEqualTo(403);
            assertThat(site.get("/unruled", site.bearer("b")).body()).isEqualTo("reached");
        }
    }

    @Test
    void refusesASecondRuleForTheSameClass() {
        assertThatThrownBy(() -> TokenGuardFeature.builder(null)
                        .rule(Unruled.class, AccessRequirement.open())
                        .rule(Unruled.class, AccessRequirement.denied()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageEndingWith("it has a rule already; set it once");
    }

    @Test
    void opensAutomaticOptionsWhereItIsTold() throws Exception {
        RestApplication application =
                new RestApplication(Ruled.class).set(feature -> feature.automaticOptions(AccessRequirement.open()));
        try (RestSite site = application.on(runtime)) {
            Answer options = site.send("OPTIONS", "/ruled", "");
            assertThat(options.status()).isEqualTo(200);
            assertThat(String.join(",", options.header("Allow"))).contains("GET");
            assertThat(site.get("/ruled").status()).isEqualTo(401);
        }
    }

    @Test
    void demandsATokenForAutomaticOptionsWhereItIsTold() throws Exception {
        RestApplication application = new RestApplication(Ruled.class)
                .set(feature -> feature.automaticOptions(AccessRequirement.authenticated()));
        try (RestSite site = application.on(runtime)) {
            assertThat(site.send("OPTIONS", "/ruled", "").status()).isEqualTo(401);
            assertThat(site.send("OPTIONS", "/ruled", "", site.bearer()).status())
                    .isEqualTo(200);
        }
    }

    @Test
    void opensWadlWhereItIsTold() throws Exception {
        assumeTrue(runtime.isJersey());
        RestApplication application =
                new RestApplication(Ruled.class).set(feature -> feature.rule(wadlResource(), AccessRequirement.open()));
        try (RestSite site = application.on(runtime)) {
            assertThat(site.get("/application.wadl").status()).isEqualTo(200);
        }
    }

    @Test
    void startsWithoutAnyResource() {
        assertThatCode(() -> new RestApplication(new Ruled()).on(runtime).close())
                .doesNotThrowAnyException();
    }

    private static TokenGuardFeature.Builder wadlClosed(TokenGuardFeature.Builder feature) {
        return feature.rule(wadlResource(), AccessRequirement.denied());
    }

    /** Jersey's own; elsewhere any other class. */
    private static Class<?> wadlResource() {
        try {
            return Class.forName("org.glassfish.jersey.server.wadl.internal.WadlResource");
        } catch (ClassNotFoundException notJersey) {
            return Object.class;
        }
    }

    @Path("/ruled")
    public static class Ruled {
        @GET
        @RequiresScopes("a")
        public String serve() {
            return "reached";
        }
    }

    @Path("/unruled")
    public static class Unruled {
        @GET
        public String serve() {
            return "reached";
        }
    }

    @Path("/x")
    public static class WithoutScopes {
        @GET
        @RequiresScopes({})
        public String serve() {
            return "reached";
        }
    }

    @Path("/x")
    public static class BadPolicy {
        @GET
        @RequiresPolicy("claim tenant is path:tenant")
        public String serve() {
            return "reached";
        }
    }

    @Path("/x")
    public static class OpenByPolicy {
        @GET
        @RequiresPolicy("public")
        public String serve() {
            return "reached";
        }
    }

    @Path("/x")
    public static class OpenAndScoped {
        @GET
        @PermitAll
        @RequiresScopes("a")
        public String serve() {
            return "reached";
        }
    }

    @Path("/x")
    @PermitAll
    @Authenticated
    public static class OpenAndKnown {
        @GET
        public String serve() {
            return "reached";
        }
    }

    @Path("/x")
    public static class ClosedAndRoles {
        @GET
        @DenyAll
        @RolesAllowed("x")
        public String serve() {
            return "reached";
        }
    }

    @Path("/x")
    public static class OpenAndClosed {
        @GET
        @DenyAll
        @PermitAll
        public String serve() {
            return "reached";
        }
    }

    @Path("/x")
    public static class OpenOfScopedInterface implements InheritedShapes.Service {
        @Override
        @PermitAll
        public String serve() {
            return "reached";
        }
    }

    public interface OpenService {
        @GET
        @PermitAll
        String serve();
    }

    @Path("/x")
    @RequiresScopes("a")
    public static class ScopedOfOpenInterface implements OpenService {
        @Override
        public String serve() {
            return "reached";
        }
    }

    @Path("/x")
    public static class OpenOfScopedSuperclass extends InheritedShapes.RuledMethod {
        @Override
        @GET
        @PermitAll
        public String serve() {
            return "reached";
        }
    }

    public abstract static class OpenMethod {
        @GET
        @PermitAll
        public String serve() {
            return "reached";
        }
    }

    @Path("/x")
    @RequiresScopes("a")
    public static class ScopedClassOfOpenMethod extends OpenMethod {}

    @Path("/x")
    public static class LeadingToContradiction {
        @GET
        @PermitAll
        public String serve() {
            return "reached";
        }

        @Path("there")
        public OpenAndScoped there() {
            return new OpenAndScoped();
        }
    }

    @Path("/x")
    public static class ContradictingLocator {
        @GET
        @PermitAll
        public String serve() {
            return "reached";
        }

        @Path("there")
        @DenyAll
        @RequiresScopes("a")
        public Ruled there() {
            return new Ruled();
        }
    }

    @Path("/somewhere")
    public static class LeadingSomewhere {
        @Path("there")
        public Object there() {
            return new OpenAndScoped();
        }

        @Path("fine")
        public Object fine() {
            return new Ruled();
        }
    }

    @Path("/x")
    public static class NoScope {
        @GET
        @RequiresScopes
        public String serve() {
            return "reached";
        }
    }

    @Path("/x")
    public static class NoRole {
        @GET
        @RequiresRoles
        public String serve() {
            return "reached";
        }
    }

    @Path("/x")
    public static class NoJakartaRole {
        @GET
        @RolesAllowed({})
        public String serve() {
            return "reached";
        }
    }

    @Path("/x")
    public static class BadScope {
        @GET
        @RequiresScopes("a b")
        public String serve() {
            return "reached";
        }
    }

    @Path("/x")
    public static class NoStrength {
        @GET
        @RequiresAuthentication
        public String serve() {
            return "reached";
        }
    }

    @Path("/x")
    public static class NoAge {
        @GET
        @RequiresAuthentication(maxAge = 0)
        public String serve() {
            return "reached";
        }
    }
}

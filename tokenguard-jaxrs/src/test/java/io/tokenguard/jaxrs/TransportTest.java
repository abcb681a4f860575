package io.tokenguard.jaxrs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tokenguard.TokenGuardBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;

/** Tokens come over TLS (RFC 6750 §5.2), or from this machine where a runtime tells that they do. */
@OnEveryRuntime
class TransportTest {
    @Parameter
    RestRuntime runtime;

    @Test
    void takesTheAddressOfThePeerFromTheServlet() throws Exception {
        assumeTrue(runtime.hasServlets());
        try (RestSite site = application()
                .set(feature -> feature.clientAddress(ServletAddressFilter::addressOf))
                .on(runtime)) {
            assertThat(site.get("/scoped/plain", site.bearer("a")).body()).isEqualTo("reached");
        }
    }

    @Test
    void refusesTokensOverPlainHttpWhereThePeerIsNotKnown() throws Exception {
        assumeTrue(!runtime.hasServlets());
        try (RestSite site = application()
                .set(feature -> feature.clientAddress(ServletAddressFilter::addressOf))
                .on(runtime)) {
            assertThat(site.get("/scoped/plain", site.bearer("a")).status()).isEqualTo(400);
            assertThat(site.get("/scoped/open").body()).isEqualTo("reached");
        }
    }

    @Test
    void refusesTokensOverPlainHttpFromAnotherMachine() throws Exception {
        try (RestSite site = application()
                .set(feature -> feature.clientAddress(any -> "192.0.2.1"))
                .on(runtime)) {
            Answer answer = site.get("/scoped/plain", site.bearer("a"));
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.challenge()).contains("error=\"invalid_request\"");
        }
    }

    // RFC 9112 §3.2.2: the client writes the scheme of an absolute target
    @Test
    void refusesATokenOverPlainHttpThatNamesHttpsInAnAbsoluteTarget() throws Exception {
        try (RestSite site = application()
                .set(feature -> feature.clientAddress(any -> "192.0.2.1"))
                .on(runtime)) {
            assertThat(site.get("https://localhost/scoped/plain", site.bearer("a"))
                            .status())
                    .isEqualTo(400);
        }
    }

    @Test
    void takesThemWhereThatIsGivenUp() throws Exception {
        RestApplication application = application()
                .guardedBy(TokenGuardBuilder::allowInsecureHttp)
                .set(feature -> feature.clientAddress(any -> "192.0.2.1"));
        try (RestSite site = application.on(runtime)) {
            assertThat(site.get("/scoped/plain", site.bearer("a")).body()).isEqualTo("reached");
        }
    }

    private static RestApplication application() {
        return new RestApplication(MethodShapes.Scoped.class);
    }
}

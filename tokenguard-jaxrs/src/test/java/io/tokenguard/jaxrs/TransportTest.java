package io.tokenguard.jaxrs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tokenguard.TokenGuardBuilder;
import io.tokenguard.config.MutualTls;
import io.tokenguard.config.MutualTls.CertificateHeader;
import io.tokenguard.testkit.TestCertificate;
import java.util.Base64;
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
                .set(feature -> feature.clientAddress(ServletAddressFilter.OF_SERVLET))
                .on(runtime)) {
            assertThat(site.get("/scoped/plain", site.bearer("a")).body()).isEqualTo("reached");
        }
    }

    @Test
    void refusesTokensOverPlainHttpWhereThePeerIsNotKnown() throws Exception {
        assumeTrue(!runtime.hasServlets());
        try (RestSite site = application()
                .set(feature -> feature.clientAddress(ServletAddressFilter.OF_SERVLET))
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
            // RESTEasy on Netty finds no resource for such a target.
            assertThat(site.get("https://localhost/scoped/plain", site.bearer("a"))
                            .status())
                    .isEqualTo(runtime == RestRuntime.RESTEASY_NETTY ? 404 : 400);
        }
    }

    // Jetty's ForwardedRequestCustomizer: the filter sees that it confirms TLS, Jakarta REST alone cannot
    @Test
    void believesWhatTheFilterFoundOfTheConnection() throws Exception {
        assumeTrue(runtime.hasServlets());
        String[] forwarded = {"X-Forwarded-For: 192.0.2.1", "X-Forwarded-Proto: https"};
        try (RestSite site = ofServlet().behindFilter("/** public").on(runtime)) {
            assertThat(site.get("/scoped/plain", site.bearer("a"), forwarded[0], forwarded[1])
                            .status())
                    .isEqualTo(200);
            assertThat(site.get("/scoped/plain", site.bearer("a"), forwarded[0]).status())
                    .isEqualTo(400);
        }
        try (RestSite site = ofServlet().on(runtime)) {
            assertThat(site.get("/scoped/plain", site.bearer("a"), forwarded[0], forwarded[1])
                            .status())
                    .isEqualTo(400);
        }
    }

    // A client that writes the address of a trusted proxy must not be taken for it
    @Test
    void takesThePeerFromTheFilterForTrustedProxies() throws Exception {
        assumeTrue(runtime.hasServlets());
        RestApplication application = ofServlet()
                .behindFilter("/** public")
                .guardedBy(guard -> guard.trustedProxies("198.51.100.9")
                        .mutualTls(MutualTls.supported()
                                .certificateHeader(CertificateHeader.of(CertificateHeader.Format.RFC9440))));
        TestCertificate certificate = TestCertificate.selfSigned("client");
        try (RestSite site = application.on(runtime)) {
            String bound = "Authorization: Bearer "
                    + site.issuer()
                            .token()
                            .scope("a")
                            .boundTo(certificate.certificate())
                            .sign();
            String written = "Client-Cert: :" + Base64.getEncoder().encodeToString(certificate.der()) + ":";
            assertThat(site.get(
                                    "/scoped/plain",
                                    bound,
                                    written,
                                    "X-Forwarded-For: 198.51.100.9",
                                    "X-Forwarded-Proto: https")
                            .status())
                    .isEqualTo(401);
        }
    }

    private static RestApplication ofServlet() {
        return application()
                .trustingForwarding()
                .set(feature -> feature.clientAddress(ServletAddressFilter.OF_SERVLET));
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

package io.tokenguard.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.AccessRequirement;
import io.tokenguard.access.IncomingRequest.Connection;
import io.tokenguard.access.Route;
import io.tokenguard.config.MutualTls;
import io.tokenguard.config.MutualTls.CertificateHeader;
import io.tokenguard.testkit.TestCertificate;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;

/**
 * Clients write {@code X-Forwarded-For} themselves. A container that takes the address of a request from it must not make
 * a client a trusted proxy, whose {@code Client-Cert} (RFC 9440) counts.
 */
@OnEveryContainer
class ForwardedAddressTest {
    private static final String PROXY = "198.51.100.9";
    private static final TestCertificate CERTIFICATE = TlsSite.AUTHORITY.issue("client");

    @Parameter
    Container container;

    private final List<Connection> seen = new ArrayList<>();

    @Test
    void aClientThatWritesTheAddressOfATrustedProxyIsNone() throws Exception {
        try (Site site = application(PROXY).trustingForwarding().on(container)) {
            String token = bound(site);
            assertThat(site.get("/me", token, "X-Forwarded-For: " + PROXY, "X-Forwarded-Proto: https", clientCert())
                            .status())
                    .isEqualTo(401);
            assertThat(site.reached()).isEmpty();
        }
    }

    @Test
    void aWrapperThatReportsTheAddressOfATrustedProxyMakesNoneOfAClient() throws Exception {
        Application application = application(PROXY).registeredBy((context, guard) -> {
            wrapBefore(context);
            TokenGuardFilter.register(context, guard);
        });
        try (Site site = application.on(container)) {
            assertThat(site.get("/me", bound(site), clientCert()).status()).isIn(400, 401);
            assertThat(site.reached()).isEmpty();
        }
    }

    @Test
    void theFieldsOfATrustedProxyCountWithoutForwardingInTheContainer() throws Exception {
        try (Site site = application("127.0.0.1").on(container)) {
            assertThat(site.get("/me", bound(site), "X-Forwarded-Proto: https", clientCert())
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void rulesSeeTheForwardedAddressAndThePeersBesideIt() throws Exception {
        try (Site site = application(PROXY).trustingForwarding().on(container)) {
            assertThat(site.get("/seen", site.bearer(), "X-Forwarded-For: 192.0.2.1", "X-Forwarded-Proto: https")
                            .status())
                    .isEqualTo(200);
            assertThat(site.get("/seen", site.bearer()).status()).isEqualTo(200);
        }
        assertThat(seen).extracting(Connection::clientAddress).containsExactly("192.0.2.1", "127.0.0.1");
        // Tomcat shows applications no other address after its valve has replaced it.
        assertThat(seen).extracting(Connection::peerAddress).containsOnly(container.isTomcat() ? "" : "127.0.0.1");
    }

    private Application application(String trustedProxy) {
        AccessRequirement rule = AccessRequirement.rule(
                "seen", attempt -> seen.add(attempt.request().connection()));
        return new Application("/me authenticated")
                .built(guard -> guard.trustedProxies(trustedProxy)
                        .mutualTls(MutualTls.supported()
                                .certificateHeader(CertificateHeader.of(CertificateHeader.Format.RFC9440)))
                        .routes(Route.of("/seen", rule)))
                .servlet(Page::identity, "/me", "/seen");
    }

    private static String bound(Site site) {
        return "Authorization: Bearer "
                + site.issuer().token().boundTo(CERTIFICATE.certificate()).sign();
    }

    private static String clientCert() {
        return "Client-Cert: :" + Base64.getEncoder().encodeToString(CERTIFICATE.der()) + ":";
    }

    private static void wrapBefore(ServletContext context) {
        FilterRegistration.Dynamic registration = context.addFilter(
                "forwarded",
                (request, response, chain) -> chain.doFilter(new Forwarded((HttpServletRequest) request), response));
        registration.setAsyncSupported(true);
        registration.addMappingForUrlPatterns(EnumSet.allOf(DispatcherType.class), false, "/*");
    }

    private static final class Forwarded extends HttpServletRequestWrapper {
        Forwarded(HttpServletRequest request) {
            super(request);
        }

        @Override
        public String getRemoteAddr() {
            return PROXY;
        }

        @Override
        public boolean isSecure() {
            return true;
        }
    }
}

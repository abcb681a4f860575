package io.tokenguard.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;

/** Tokens come over TLS, or from this machine (RFC 6750 §5.2); the container says which. */
@OnEveryContainer
class TransportTest {
    @Parameter
    Container container;

    @Test
    void takesTokensFromThisMachine() throws Exception {
        assertTakesTokensOn("127.0.0.1");
    }

    @Test
    void takesTokensFromThisMachineOverIpv6() throws Exception {
        assumeThat(NetworkInterface.getByInetAddress(InetAddress.getAllByName("::1")[0]))
                .as("this machine speaks IPv6")
                .isNotNull();
        assertTakesTokensOn("::1");
    }

    @Test
    void refusesTokensFromOtherMachinesOverPlainHttp() throws Exception {
        try (Site site = seenFrom("192.0.2.1", false)) {
            Answer answer = site.get("/me", site.bearer());
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.challenge()).contains("error=\"invalid_request\"");
            assertThat(site.reached()).isEmpty();
        }
    }

    @Test
    void refusesTokensOverPlainHttpWhereThePeerIsNotKnown() throws Exception {
        try (Site site = seenFrom(null, false)) {
            assertThat(site.get("/me", site.bearer()).status()).isEqualTo(400);
            assertThat(site.reached()).isEmpty();
        }
    }

    @Test
    void takesTokensFromOtherMachinesOverTls() throws Exception {
        try (Site site = seenFrom("192.0.2.1", true)) {
            assertThat(site.get("/me", site.bearer()).body()).isEqualTo(Page.known("alice"));
        }
    }

    private void assertTakesTokensOn(String address) throws Exception {
        Application application = new Application("/me authenticated").servlet(Page::identity, "/me");
        try (Site site = application.listeningOn(address).on(container)) {
            assertThat(site.get("/me", site.bearer()).body()).isEqualTo(Page.known("alice"));
        }
    }

    private Site seenFrom(String address, boolean isSecure) throws Exception {
        return new Application("/me authenticated")
                .registeredBy((context, guard) -> {
                    pretend(context, address, isSecure);
                    TokenGuardFilter.register(context, guard);
                })
                .servlet(Page::identity, "/me")
                .on(container);
    }

    private static void pretend(ServletContext context, String address, boolean isSecure) {
        FilterRegistration.Dynamic registration = context.addFilter(
                "pretend",
                (request, response, chain) ->
                        chain.doFilter(new SeenFrom((HttpServletRequest) request, address, isSecure), response));
        registration.setAsyncSupported(true);
        registration.addMappingForUrlPatterns(EnumSet.allOf(DispatcherType.class), false, "/*");
    }

    private static final class SeenFrom extends HttpServletRequestWrapper {
        private final String address;
        private final boolean isSecure;

        SeenFrom(HttpServletRequest request, String address, boolean isSecure) {
            super(request);
            this.address = address;
            this.isSecure = isSecure;
        }

        @Override
        public String getRemoteAddr() {
            return address;
        }

        @Override
        public boolean isSecure() {
            return isSecure;
        }
    }
}

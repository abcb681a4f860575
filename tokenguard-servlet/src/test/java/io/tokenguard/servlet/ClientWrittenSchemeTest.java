package io.tokenguard.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;

/** What a client writes as the scheme of its request is no TLS (RFC 9112 §3.2.2, RFC 9113 §8.3.1). */
@OnEveryContainer
class ClientWrittenSchemeTest {
    @Parameter
    Container container;

    @Test
    void refusesATokenOverPlainHttpThatNamesHttpsInAnAbsoluteTarget() throws Exception {
        try (Site site = fromElsewhere().on(container)) {
            assertThat(site.get("https://localhost/me", site.bearer()).status()).isEqualTo(400);
            assertThat(site.reached()).isEmpty();
        }
    }

    @Test
    void refusesATokenOverPlainHttp2ThatNamesHttpsAsItsScheme() throws Exception {
        try (Site site = fromElsewhere().on(container);
                Http2Client client = new Http2Client(site.server().port())) {
            String bearer = site.bearer().replace("Authorization: ", "");
            assertThat(client.get("https", "/me", bearer)).isIn(400, Http2Client.RESET);
            assertThat(site.reached()).isEmpty();
        }
    }

    @Test
    void acceptsATokenThatAProxyThatTheContainerTrustsGotOverTls() throws Exception {
        try (Site site = fromElsewhere().trustingForwarding().on(container)) {
            String client = "X-Forwarded-For: 192.0.2.1";
            assertThat(site.get("/me", site.bearer(), client, "X-Forwarded-Proto: https")
                            .body())
                    .isEqualTo(Page.known("alice"));
            assertThat(site.get("/me", site.bearer(), client, "X-Forwarded-Proto: http")
                            .status())
                    .isEqualTo(400);
        }
    }

    private static Application fromElsewhere() {
        return new Application("/me authenticated")
                .registeredBy((context, guard) -> {
                    before(context);
                    TokenGuardFilter.register(context, guard);
                })
                .servlet(Page::identity, "/me");
    }

    /** Tests connect from this machine, from where plain http is accepted. */
    private static void before(ServletContext context) {
        FilterRegistration.Dynamic registration = context.addFilter(
                "elsewhere",
                (request, response, chain) ->
                        chain.doFilter(new FromElsewhere((HttpServletRequest) request), response));
        registration.setAsyncSupported(true);
        registration.addMappingForUrlPatterns(EnumSet.allOf(DispatcherType.class), false, "/*");
    }

    private static final class FromElsewhere extends HttpServletRequestWrapper {
        FromElsewhere(HttpServletRequest request) {
            super(request);
        }

        @Override
        public String getRemoteAddr() {
            return "192.0.2.1";
        }
    }
}

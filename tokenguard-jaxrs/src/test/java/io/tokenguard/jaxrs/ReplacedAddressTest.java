package io.tokenguard.jaxrs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tokenguard.TokenGuardBuilder;
import io.tokenguard.access.AccessRequirement;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.lang.reflect.Proxy;
import java.util.Collections;
import java.util.Enumeration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;

/** An address that a client wrote never counts as the peer's, also without the servlet filter. */
@OnEveryRuntime
class ReplacedAddressTest {
    private static final String FIELD = "X-Forwarded-For";

    @Parameter
    RestRuntime runtime;

    @BeforeEach
    void requireServlets() {
        assumeTrue(runtime.hasServlets());
    }

    private RestApplication application(String rule) {
        return new RestApplication(MethodShapes.Scoped.class, MethodShapes.Opened.class)
                .guardedBy(TokenGuardBuilder::allowInsecureHttp)
                .set(feature -> feature.clientAddress(ServletAddressFilter.OF_SERVLET)
                        .beforeMatching(AccessRequirement.parse(rule)));
    }

    private int status(RestApplication application, String... fields) throws Exception {
        try (RestSite site = application.on(runtime)) {
            String[] all = new String[fields.length + 1];
            all[0] = site.bearer("a");
            System.arraycopy(fields, 0, all, 1, fields.length);
            return site.get("/scoped/plain", all).status();
        }
    }

    @Test
    void isOfNoNetworkBehindAWrapperThatHidesTheField() throws Exception {
        assertThat(status(application("from 10.0.0.0/8").behind(replacing()), FIELD + ": 10.1.2.3"))
                .isEqualTo(403);
        assertThat(status(application("not from 127.0.0.0/8").behind(replacing()), FIELD + ": 10.1.2.3"))
                .isEqualTo(403);
    }

    // Jetty serves none; other containers may
    @Test
    void isUnknownInARequestOfAClassThatIsNoContainers() {
        HttpServletRequest request = (HttpServletRequest) Proxy.newProxyInstance(
                Filter.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (self, method, values) -> method.getName().equals("getRemoteAddr") ? "10.1.2.3" : null);
        assertThat(ContainerRequest.peerAddress(request)).isEmpty();
        assertThat(ContainerRequest.peerAddress(new HttpServletRequestWrapper(request)))
                .isEmpty();
    }

    @Test
    void doesNotHideThePeerOfARequestThatWasNotForwarded() throws Exception {
        assertThat(status(application("from 127.0.0.0/8"))).isEqualTo(200);
        assertThat(status(application("from 127.0.0.0/8").behind(replacing()))).isEqualTo(200);
    }

    @Test
    void isNotOnTheDenyListsOfOthers() throws Exception {
        RestApplication denying = application("authenticated")
                .guardedBy(guard -> guard.allowInsecureHttp().denyNetworks("127.0.0.0/8"))
                .behind(replacing());
        assertThat(status(denying, FIELD + ": 198.51.100.1")).isEqualTo(403);
    }

    @Test
    void isNoTrustedProxy() throws Exception {
        RestApplication proxied = application("from 10.0.0.0/8")
                .guardedBy(guard -> guard.allowInsecureHttp().trustedProxies("198.51.100.9"))
                .trustingForwarding();
        assertThat(status(proxied, FIELD + ": 10.1.2.3, 198.51.100.9", "Forwarded: for=198.51.100.9"))
                .isEqualTo(403);
    }

    @Test
    void isNotThisMachine() throws Exception {
        RestApplication plain =
                application("authenticated").guardedBy(guard -> guard).behind(replacing());
        assertThat(status(plain, FIELD + ": 192.0.2.1")).isEqualTo(400);
        assertThat(status(plain.trustingForwarding(), "Forwarded: for=127.0.0.1"))
                .isEqualTo(400);
    }

    @Test
    void isThePeersWhereTheApplicationStatesIt() throws Exception {
        RestApplication stated = application("authenticated")
                .set(feature -> feature.clientAddress(any -> "10.1.2.3")
                        .beforeMatching(AccessRequirement.parse("from 10.0.0.0/8")))
                .behind(replacing());
        assertThat(status(stated)).isEqualTo(200);
    }

    /** As Spring's ForwardedHeaderFilter does. */
    private static Filter replacing() {
        return (request, response, chain) -> {
            HttpServletRequest inner = (HttpServletRequest) request;
            chain.doFilter(inner.getHeader(FIELD) == null ? inner : new Replaced(inner), response);
        };
    }

    private static final class Replaced extends HttpServletRequestWrapper {
        Replaced(HttpServletRequest inner) {
            super(inner);
        }

        @Override
        public String getRemoteAddr() {
            return super.getHeader(FIELD);
        }

        @Override
        public String getHeader(String name) {
            return name.equalsIgnoreCase(FIELD) ? null : super.getHeader(name);
        }

        @Override
        public Enumeration<String> getHeaders(String name) {
            return name.equalsIgnoreCase(FIELD) ? Collections.emptyEnumeration() : super.getHeaders(name);
        }

        @Override
        public Enumeration<String> getHeaderNames() {
            return Collections.enumeration(Collections.list(super.getHeaderNames()).stream()
                    .filter(name -> !name.equalsIgnoreCase(FIELD))
                    .toList());
        }
    }
}

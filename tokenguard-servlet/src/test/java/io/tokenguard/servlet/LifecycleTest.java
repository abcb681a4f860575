package io.tokenguard.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenguard.TokenGuard;
import io.tokenguard.TrustedIssuer;
import io.tokenguard.access.ConfigurationException;
import io.tokenguard.access.GuardHealth.AdapterHealth;
import io.tokenguard.access.GuardHealth.AdapterState;
import io.tokenguard.access.SignatureAlgorithm;
import io.tokenguard.spi.KeySource;
import io.tokenguard.spi.VerificationKey;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import java.lang.reflect.Proxy;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** From init to destroy, without a container. */
class LifecycleTest {
    private static final Map<String, String> GOOD = Map.of(
            "tokenguard.issuer-uri", "http://127.0.0.1:9",
            "tokenguard.jwks-uri", "http://127.0.0.1:9/jwks",
            "tokenguard.audiences", "https://api.example.com");

    @Test
    void refusesAnInitParamThatIsNotOursAndNamesIt() {
        assertThatThrownBy(() -> new TokenGuardFilter().init(new Parameters(Map.of("excludeUrls", "/*"))))
                .isInstanceOf(ServletException.class)
                .hasMessageContaining("'excludeUrls'");
    }

    @Test
    void refusesAKeyThatNobodyKnows() {
        assertThatThrownBy(() -> new TokenGuardFilter().init(new Parameters(Map.of("tokenguard.audience", "x"))))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("tokenguard.audience");
    }

    @Test
    void refusesToStartWithoutAnySetting() {
        assertThatThrownBy(() -> new TokenGuardFilter().init(new Parameters(Map.of())))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("tokenguard.issuer-uri");
    }

    @Test
    void refusesInitParamsThatAGuardMadeInCodeWouldIgnore() {
        try (TokenGuard guard = guard(new AtomicBoolean())) {
            assertThatThrownBy(() -> new TokenGuardFilter(guard).init(new Parameters(GOOD)))
                    .isInstanceOf(ServletException.class)
                    .hasMessageContaining("tokenguard.issuer-uri");
            assertThatThrownBy(() -> new TokenGuardFilter(guard).init(new Parameters(Map.of("other", "x"))))
                    .isInstanceOf(ServletException.class)
                    .hasMessageContaining("'other'");
        }
    }

    @Test
    void servesNobodyBeforeItIsInitialised() {
        assertThatThrownBy(() -> new TokenGuardFilter().doFilter(null, null, null))
                .isInstanceOf(ServletException.class)
                .hasMessageContaining("initialised");
    }

    @Test
    void leavesAGuardThatWasMadeInCodeOpen() throws Exception {
        AtomicBoolean isClosed = new AtomicBoolean();
        try (TokenGuard guard = guard(isClosed)) {
            TokenGuardFilter filter = new TokenGuardFilter(guard);
            filter.init(new Parameters(Map.of()));
            filter.destroy();
            assertThat(isClosed).isFalse();
        }
        assertThat(isClosed).isTrue();
    }

    @Test
    void closesTheGuardThatItHasBuilt() throws Exception {
        Set<Thread> before = timers();
        TokenGuardFilter filter = new TokenGuardFilter();
        filter.init(new Parameters(GOOD));
        // Started with the first load of keys, in the background.
        Set<Thread> mine = new HashSet<>();
        while (mine.isEmpty()) {
            Thread.onSpinWait();
            mine.addAll(timers());
            mine.removeAll(before);
        }
        filter.destroy();
        for (Thread timer : mine) {
            timer.join(20_000);
            assertThat(timer.isAlive()).isFalse();
        }
    }

    @Test
    void hasNothingToCloseWhereItCouldNotStart() {
        TokenGuardFilter filter = new TokenGuardFilter();
        assertThatThrownBy(() -> filter.init(new Parameters(Map.of()))).isInstanceOf(ConfigurationException.class);
        filter.destroy();
    }

    // A runtime that fails to start the filter leaves its adapter missing in the guard's health.
    @Test
    void isNotStartedWhereItsSettingsAreWrong() throws Exception {
        try (TokenGuard guard = guard(new AtomicBoolean())) {
            TokenGuardFilter filter = new TokenGuardFilter(guard);
            assertThatThrownBy(() -> filter.init(new Parameters(GOOD))).isInstanceOf(ServletException.class);
            assertThat(guard.health().adapters())
                    .extracting(AdapterHealth::state)
                    .containsExactly(AdapterState.WAITING);
            filter.init(new Parameters(Map.of()));
            assertThat(guard.health().adapters())
                    .extracting(AdapterHealth::state)
                    .containsExactly(AdapterState.ACTIVE);
        }
    }

    private static TokenGuard guard(AtomicBoolean isClosed) {
        return TokenGuard.builder()
                .issuer(TrustedIssuer.builder("https://issuer.example")
                        .audience("https://api.example.com")
                        .keysFrom(new ClosableKeys(isClosed))
                        .build())
                .build();
    }

    private static Set<Thread> timers() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("tokenguard-timer"))
                .collect(Collectors.toSet());
    }

    private record ClosableKeys(AtomicBoolean isClosed) implements KeySource {
        @Override
        public VerificationKey find(String keyId, SignatureAlgorithm algorithm) {
            throw new IllegalStateException("no keys here");
        }

        @Override
        public void close() {
            isClosed.set(true);
        }
    }

    private record Parameters(Map<String, String> values) implements FilterConfig {
        @Override
        public String getFilterName() {
            return "tokens";
        }

        @Override
        public ServletContext getServletContext() {
            return (ServletContext) Proxy.newProxyInstance(
                    ServletContext.class.getClassLoader(),
                    new Class<?>[] {ServletContext.class},
                    (context, method, arguments) -> null);
        }

        @Override
        public String getInitParameter(String name) {
            return values.get(name);
        }

        @Override
        public Enumeration<String> getInitParameterNames() {
            return Collections.enumeration(values.keySet());
        }
    }
}

package io.tokenguard.jaxrs;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tokenguard.TokenGuard;
import io.tokenguard.TrustedIssuer;
import io.tokenguard.access.ConfigurationException;
import io.tokenguard.config.Dialect;
import io.tokenguard.config.Dpop;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.FeatureContext;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.junit.jupiter.api.Test;

/** Annotations that require what the guard's settings make impossible. */
class UnsatisfiableRuleTest {
    private static TokenGuard guard() {
        return TokenGuard.builder()
                .issuer(TrustedIssuer.builder("https://issuer.example.com")
                        .audience("api")
                        .dialect(Dialect.GENERIC)
                        .build())
                .dpop(Dpop.off())
                .build();
    }

    private static void configure(TokenGuardFeature feature, Class<?> resource) throws NoSuchMethodException {
        Method method = resource.getMethod("serve");
        feature.configure(proxy(ResourceInfo.class, resource, method), proxy(FeatureContext.class, resource, method));
    }

    private static <T> T proxy(Class<T> type, Class<?> resource, Method method) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, called, arguments) -> switch (called.getName()) {
                    case "getResourceClass" -> resource;
                    case "getResourceMethod" -> method;
                    default -> null;
                }));
    }

    @Test
    void areRefusedWhereRulesAreStrict() {
        try (TokenGuard guard = guard()) {
            TokenGuardFeature strict = TokenGuardFeature.builder(guard).strict().build();
            assertThatExceptionOfType(ConfigurationException.class)
                    .isThrownBy(() -> configure(strict, ForAdmins.class))
                    .withMessageContaining("ForAdmins.serve")
                    .withMessageContaining("can never be met")
                    .withMessageContaining("set tokenguard.roles-claim");
            assertThatExceptionOfType(ConfigurationException.class)
                    .isThrownBy(() -> configure(strict, WithProof.class))
                    .withMessageContaining("tokenguard.dpop.mode");
            assertThatCode(() -> configure(strict, ForAll.class)).doesNotThrowAnyException();
        }
    }

    @Test
    void areWarnedOfOtherwise() {
        try (TokenGuard guard = guard()) {
            TokenGuardFeature feature = TokenGuardFeature.of(guard);
            assertThatCode(() -> configure(feature, ForAdmins.class)).doesNotThrowAnyException();
        }
    }

    public static class ForAdmins {
        @GET
        @RolesAllowed("admin")
        public String serve() {
            return "reached";
        }
    }

    public static class WithProof {
        @GET
        @RequiresProof(io.tokenguard.access.Confirmation.Binding.DPOP)
        public String serve() {
            return "reached";
        }
    }

    public static class ForAll {
        @GET
        @Authenticated
        public String serve() {
            return "reached";
        }
    }
}

package io.tokenguard.spring;

import io.tokenguard.TokenGuard;
import io.tokenguard.TokenGuardBuilder;
import io.tokenguard.TrustedIssuer;
import io.tokenguard.servlet.ResourceMetadataServlet;
import io.tokenguard.servlet.TokenGuardFilter;
import io.tokenguard.spi.GuardObserver;
import io.tokenguard.spi.SharedState;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletContextInitializer;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.annotation.AnnotationAwareOrderComparator;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.handler.MappedInterceptor;

/**
 * Protects a Spring MVC application: a guard by the properties {@code tokenguard.*}, its filter for every dispatch, and the
 * annotations of controllers. What neither a route nor an annotation names is denied. Each bean can be replaced by one of the
 * application.
 */
@AutoConfiguration
@ConditionalOnClass(DispatcherServlet.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnProperty(name = "tokenguard.spring.enabled", matchIfMissing = true)
@Import({BootThreeHealth.class, BootFourHealth.class, ActuatorEndpoints.class})
public class TokenGuardAutoConfiguration {
    /**
     * After the filters that change a request's method (-10000), and before those that read its body (-9900) or log who calls.
     */
    static final int FILTER_ORDER = -9950;

    static final String DISPATCHER_SERVLET = "dispatcherServlet";

    /** Created by Spring. */
    public TokenGuardAutoConfiguration() {}

    /** The guard, unless the application has one. */
    @Bean(destroyMethod = "close")
    @ConditionalOnMissingBean
    TokenGuard tokenGuard(
            ConfigurableEnvironment environment,
            ObjectProvider<TokenGuardCustomizer> customizers,
            ObjectProvider<GuardObserver> observers,
            ObjectProvider<TrustedIssuer> issuers,
            ObjectProvider<SharedState.Opener> state) {
        TokenGuardBuilder settings = SpringProperties.read(environment).toBuilder();
        observers.orderedStream().forEach(settings::observer);
        issuers.orderedStream().forEach(settings::issuer);
        state.ifUnique(settings::sharedState);
        customizers.orderedStream().forEach(customizer -> customizer.customize(settings));
        return settings.build();
    }

    /** The settings of the starter itself. */
    @Bean
    StarterSettings tokenGuardStarterSettings(Environment environment) {
        return StarterSettings.read(environment);
    }

    /** What the application's handlers require. */
    @Bean
    SpringHandlerRules tokenGuardHandlerRules(
            ApplicationContext context, StarterSettings settings, Environment environment) {
        Supplier<List<HandlerMapping>> mappings = SingletonSupplier.of(() -> mappings(context));
        return new SpringHandlerRules(mappings, DISPATCHER_SERVLET, openHealth(settings, environment));
    }

    /** A bean of its own, as some mappings take no other interceptors. */
    @Bean
    MappedInterceptor tokenGuardInterceptor(SpringHandlerRules handlers) {
        return new MappedInterceptor(null, new DecidedHandlerInterceptor(handlers));
    }

    /** The filter, for every path and every kind of dispatch. */
    @Bean
    @ConditionalOnMissingBean(name = "tokenGuardFilter")
    FilterRegistrationBean<TokenGuardFilter> tokenGuardFilter(
            TokenGuard guard, SpringHandlerRules handlers, StarterSettings settings) {
        return registration(new TokenGuardFilter(guard, handlers), settings.filterOrder());
    }

    /** Registers a filter for every path and every kind of dispatch. */
    static <T extends Filter> FilterRegistrationBean<T> registration(T filter, int order) {
        FilterRegistrationBean<T> registration = new FilterRegistrationBean<>(filter);
        registration.setDispatcherTypes(EnumSet.allOf(DispatcherType.class));
        registration.addUrlPatterns("/*");
        registration.setAsyncSupported(true);
        registration.setOrder(order);
        return registration;
    }

    /** Load balancers ask for health without a token. */
    static Optional<String> openHealth(StarterSettings settings, Environment environment) {
        String base = environment.getProperty("management.endpoints.web.base-path", "/actuator");
        return settings.isHealthPublic() ? Optional.of((base.equals("/") ? "" : base) + "/health") : Optional.empty();
    }

    private static List<HandlerMapping> mappings(ApplicationContext context) {
        // As DispatcherServlet finds them.
        List<HandlerMapping> mappings = new ArrayList<>(
                BeanFactoryUtils.beansOfTypeIncludingAncestors(context, HandlerMapping.class, true, false)
                        .values());
        AnnotationAwareOrderComparator.sort(mappings);
        return List.copyOf(mappings);
    }

    /** The API's metadata (RFC 9728), if its address is set. */
    @Bean
    ServletContextInitializer tokenGuardResourceMetadata(TokenGuard guard) {
        return context -> {
            if (guard.resourceMetadata().isPresent()) {
                ResourceMetadataServlet.register(context, guard);
            }
        };
    }

    /** Reports handlers that nobody can call, once all are known. */
    @Bean
    SmartInitializingSingleton tokenGuardHandlerReport(TokenGuard guard, ApplicationContext context) {
        return () -> new DeniedHandlers(guard).report(mappings(context));
    }

    /** Arguments of handler methods. */
    @Bean
    static ClaimArgumentInstaller tokenGuardArguments() {
        return new ClaimArgumentInstaller();
    }
}

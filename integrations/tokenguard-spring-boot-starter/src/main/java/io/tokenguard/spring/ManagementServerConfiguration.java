package io.tokenguard.spring;

import io.tokenguard.TokenGuard;
import io.tokenguard.servlet.TokenGuardFilter;
import java.util.List;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextType;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Protects the management server, if it has a port of its own ({@code management.server.port}), by the application's guard and
 * its routes. It has a context of its own, without the application's filters and handlers. Created by Spring.
 */
@ManagementContextConfiguration(value = ManagementContextType.CHILD, proxyBeanMethods = false)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnBean({TokenGuard.class, StarterSettings.class})
class ManagementServerConfiguration {
    /** The filter, for every path and every kind of dispatch. */
    @Bean
    @ConditionalOnMissingBean(name = "tokenGuardManagementFilter", search = SearchStrategy.CURRENT)
    FilterRegistrationBean<TokenGuardFilter> tokenGuardManagementFilter(
            TokenGuard guard, StarterSettings settings, ApplicationContext context, Environment environment) {
        SpringHandlerRules handlers = new SpringHandlerRules(
                SingletonSupplier.of(() -> mappings(context)),
                servletName(context),
                TokenGuardAutoConfiguration.openHealth(settings, environment));
        return TokenGuardAutoConfiguration.registration(new TokenGuardFilter(guard, handlers), settings.filterOrder());
    }

    /** The name of its servlet, which Spring Boot derives from that of a bean. */
    private static String servletName(ApplicationContext context) {
        for (ServletRegistrationBean<?> registration :
                context.getBeansOfType(ServletRegistrationBean.class).values()) {
            if (registration.getServlet() instanceof DispatcherServlet) {
                return registration.getServletName();
            }
        }
        return TokenGuardAutoConfiguration.DISPATCHER_SERVLET;
    }

    /** Its servlet asks one mapping, which asks the others. */
    private static List<HandlerMapping> mappings(ApplicationContext context) {
        return List.of(context.getBean(DispatcherServlet.HANDLER_MAPPING_BEAN_NAME, HandlerMapping.class));
    }
}

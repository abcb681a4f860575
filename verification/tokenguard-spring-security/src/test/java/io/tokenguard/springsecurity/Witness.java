package io.tokenguard.springsecurity;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletResponse;
import java.util.EnumSet;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/** Shows who Spring Security knows in each dispatch, and what is left on the thread when it has ended. */
@Configuration(proxyBeanMethods = false)
class Witness {
    /** What was left, one entry for each dispatch that has ended. */
    static final Queue<String> LEFT = new ConcurrentLinkedQueue<>();

    private static FilterRegistrationBean<Filter> everyDispatch(Filter filter, int order) {
        FilterRegistrationBean<Filter> registration = new FilterRegistrationBean<>(filter);
        registration.setDispatcherTypes(EnumSet.allOf(DispatcherType.class));
        registration.setOrder(order);
        registration.setAsyncSupported(true);
        return registration;
    }

    @Bean
    FilterRegistrationBean<Filter> outermost() {
        return everyDispatch(
                (request, response, chain) -> {
                    chain.doFilter(request, response);
                    LEFT.add(Ledger.nameOnThisThread());
                },
                Ordered.HIGHEST_PRECEDENCE);
    }

    @Bean
    FilterRegistrationBean<Filter> innermost() {
        return everyDispatch(
                (request, response, chain) -> {
                    ((HttpServletResponse) response)
                            .addHeader("Known", request.getDispatcherType() + " " + Ledger.nameOnThisThread());
                    chain.doFilter(request, response);
                },
                Ordered.LOWEST_PRECEDENCE);
    }
}

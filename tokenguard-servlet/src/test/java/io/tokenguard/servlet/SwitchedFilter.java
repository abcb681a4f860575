package io.tokenguard.servlet;

import io.tokenguard.TokenGuard;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import java.util.EnumSet;

/** The filter with one guard after another, so that a container has to start only once. */
final class SwitchedFilter implements Filter {
    private volatile TokenGuardFilter current;

    void switchTo(TokenGuard guard) {
        current = new TokenGuardFilter(guard, true);
    }

    void register(ServletContext context) {
        FilterRegistration.Dynamic registration = context.addFilter("switched", this);
        registration.setAsyncSupported(true);
        registration.addMappingForUrlPatterns(EnumSet.allOf(DispatcherType.class), false, "/*");
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        current.doFilter(request, response, chain);
    }
}

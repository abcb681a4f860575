package io.tokenguard.servlet;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Enumeration;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts how often the field that holds the token is read: once for each time that a token is judged. */
final class AuthorizationReads implements Filter {
    private final AtomicInteger count = new AtomicInteger();

    /** Has to come before the filter that reads. */
    void register(ServletContext context) {
        FilterRegistration.Dynamic registration = context.addFilter("reads", this);
        registration.setAsyncSupported(true);
        registration.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/*");
    }

    int count() {
        return count.get();
    }

    void reset() {
        count.set(0);
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        chain.doFilter(new CountingRequest((HttpServletRequest) request), response);
    }

    private final class CountingRequest extends HttpServletRequestWrapper {
        CountingRequest(HttpServletRequest request) {
            super(request);
        }

        @Override
        public Enumeration<String> getHeaders(String name) {
            if (name.equalsIgnoreCase("Authorization")) {
                count.incrementAndGet();
            }
            return super.getHeaders(name);
        }
    }
}

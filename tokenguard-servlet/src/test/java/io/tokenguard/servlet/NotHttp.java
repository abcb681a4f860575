package io.tokenguard.servlet;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.ServletResponseWrapper;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.EnumSet;

/** Hides that a request, or a response, is one of HTTP. */
final class NotHttp implements Filter {
    static void register(ServletContext context) {
        context.addFilter("hide", new NotHttp())
                .addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/*");
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String wish = String.valueOf(((HttpServletRequest) request).getQueryString());
        chain.doFilter(
                wish.equals("hide=request") ? new ServletRequestWrapper(request) : request,
                wish.equals("hide=response") ? new ServletResponseWrapper(response) : response);
    }
}

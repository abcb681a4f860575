package io.tokenguard.spring;

import io.tokenguard.access.AccessToken;
import io.tokenguard.servlet.TokenGuardFilter;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextHolderStrategy;
import org.springframework.security.web.context.RequestAttributeSecurityContextRepository;

/**
 * Shows the token of a granted request to Spring Security, for as long as the dispatch runs: on this thread, and in the attribute
 * of the request where the filters of Spring Security look first. Uses no session. Decides nothing. Thread-safe.
 */
final class SecurityContextFilter implements Filter {
    private static final String ATTRIBUTE = RequestAttributeSecurityContextRepository.DEFAULT_REQUEST_ATTR_NAME;

    private final SecurityContextHolderStrategy holder = SecurityContextHolder.getContextHolderStrategy();

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Optional<AccessToken> token = TokenGuardFilter.accessToken(request);
        if (token.isEmpty()) {
            chain.doFilter(request, response);
            return;
        }
        Object outerAttribute = request.getAttribute(ATTRIBUTE);
        SecurityContext outer = holder.getContext();
        SecurityContext shown = holder.createEmptyContext();
        shown.setAuthentication(new TokenAuthentication(token.get()));
        request.setAttribute(ATTRIBUTE, shown);
        holder.setContext(shown);
        try {
            chain.doFilter(request, response);
        } finally {
            // Servlet 6.0, setAttribute: null removes.
            request.setAttribute(ATTRIBUTE, outerAttribute);
            restore(outer);
        }
    }

    /** Returns to the enclosing dispatch; the outermost one leaves nothing on the thread. */
    private void restore(SecurityContext outer) {
        if (outer.getAuthentication() == null) {
            holder.clearContext();
        } else {
            holder.setContext(outer);
        }
    }
}

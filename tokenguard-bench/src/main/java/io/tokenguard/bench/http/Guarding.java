package io.tokenguard.bench.http;

import io.tokenguard.TokenGuard;
import io.tokenguard.bench.peer.GuardSettings;
import io.tokenguard.bench.token.CryptoProvider;
import io.tokenguard.bench.token.Trust;
import io.tokenguard.config.TokenCache;
import io.tokenguard.servlet.TokenGuardFilter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import java.util.EnumSet;
import org.eclipse.jetty.ee11.servlet.FilterHolder;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;

/** Who stands before the servlet. */
public enum Guarding {
    /** Nobody: what server and client cost. */
    NONE("unguarded"),
    /** A filter that lets everything pass: what any filter costs. */
    EMPTY("a filter that does nothing"),
    /** TokenGuard's filter, which remembers tokens. */
    TOKENGUARD("TokenGuard"),
    /** Spring Security's filters for a resource server, without Spring Boot. */
    SPRING("Spring Security");

    private final String title;

    Guarding(String title) {
        this.title = title;
    }

    /** Whether anything is refused. */
    public boolean isGuarded() {
        return this == TOKENGUARD || this == SPRING;
    }

    /** Its name in tables. */
    public String title() {
        return title;
    }

    /**
     * Puts the guard before the servlet.
     *
     * @return what has to be closed after the server
     */
    AutoCloseable protect(ServletContextHandler context, Trust trust) {
        return switch (this) {
            case NONE -> () -> {};
            case EMPTY -> empty(context);
            case TOKENGUARD -> tokenGuard(context, trust);
            case SPRING -> SpringFilters.protect(context, trust);
        };
    }

    private static AutoCloseable empty(ServletContextHandler context) {
        Filter filter = (request, response, chain) -> chain.doFilter(request, response);
        context.addFilter(new FilterHolder(filter), "/*", EnumSet.allOf(DispatcherType.class));
        return () -> {};
    }

    private static TokenGuard tokenGuard(ServletContextHandler context, Trust trust) {
        TokenGuard guard = GuardSettings.builder(TokenCache.on(), CryptoProvider.JDK)
                .issuer(GuardSettings.issuer(trust.issuer(), trust))
                .allowInsecureHttp()
                .build();
        context.addServletContainerInitializer((classes, servlets) -> TokenGuardFilter.register(servlets, guard));
        return guard;
    }
}

package io.tokenguard.bench.http;

import io.tokenguard.Reuse;
import io.tokenguard.TokenGuard;
import io.tokenguard.bench.peer.GuardSettings;
import io.tokenguard.bench.token.CryptoProvider;
import io.tokenguard.bench.token.Trust;
import io.tokenguard.servlet.TokenGuardFilter;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;

/** Who stands before the servlet. */
public enum Guarding {
    /** Nobody: what server and client cost. */
    NONE("unguarded"),
    /** TokenGuard's filter, which remembers tokens. */
    TOKENGUARD("TokenGuard"),
    /** Spring Security's filters for a resource server, without Spring Boot. */
    SPRING("Spring Security");

    private final String title;

    Guarding(String title) {
        this.title = title;
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
            case TOKENGUARD -> tokenGuard(context, trust);
            case SPRING -> SpringFilters.protect(context, trust);
        };
    }

    private static TokenGuard tokenGuard(ServletContextHandler context, Trust trust) {
        TokenGuard guard = GuardSettings.builder(Reuse.on(), CryptoProvider.JDK)
                .issuer(GuardSettings.issuer(trust.issuer(), trust))
                .allowInsecureHttp()
                .build();
        context.addServletContainerInitializer((classes, servlets) -> TokenGuardFilter.register(servlets, guard));
        return guard;
    }
}

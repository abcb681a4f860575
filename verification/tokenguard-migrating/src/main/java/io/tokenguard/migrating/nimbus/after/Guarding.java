package io.tokenguard.migrating.nimbus.after;

import io.tokenguard.TokenGuard;
import io.tokenguard.TrustedIssuer;
import io.tokenguard.servlet.TokenGuardFilter;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;

public class Guarding implements ServletContextListener {
    private final TokenGuard guard;

    public Guarding(String issuer) {
        guard = TokenGuard.builder()
                .issuer(TrustedIssuer.builder(issuer)
                        .audience("https://api.example.com")
                        .build())
                .route("/** authenticated")
                .build();
    }

    @Override
    public void contextInitialized(ServletContextEvent event) {
        TokenGuardFilter.register(event.getServletContext(), guard);
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        guard.close();
    }
}

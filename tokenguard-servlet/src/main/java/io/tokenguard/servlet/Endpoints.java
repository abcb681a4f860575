package io.tokenguard.servlet;

import io.tokenguard.TokenGuard;
import jakarta.servlet.ServletException;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * What a filter serves itself.
 *
 * @param services in the order in which they are asked
 */
record Endpoints(List<FilterEndpoint.Service> services) {
    static final Endpoints NONE = new Endpoints(List.of());

    /**
     * Starts what the guard configures.
     *
     * @throws ServletException if it configures the console, and there is none on the class path
     */
    static Endpoints open(TokenGuard guard) throws ServletException {
        if (guard.consoleRoute().isEmpty()) {
            return NONE;
        }
        List<FilterEndpoint.Service> found = ServiceLoader.load(FilterEndpoint.class).stream()
                .flatMap(endpoint -> endpoint.get().open(guard).stream())
                .toList();
        if (found.isEmpty()) {
            throw new ServletException("tokenguard.console.path is set, and there is no console on the class path: add"
                    + " io.tokenguard:tokenguard-console, or remove the key");
        }
        return new Endpoints(found);
    }

    /** What serves a path; empty if the application does. */
    Optional<FilterEndpoint.Service> of(String path) {
        for (FilterEndpoint.Service service : services) {
            if (service.serves(path)) {
                return Optional.of(service);
            }
        }
        return Optional.empty();
    }

    void close() {
        services.forEach(FilterEndpoint.Service::close);
    }
}

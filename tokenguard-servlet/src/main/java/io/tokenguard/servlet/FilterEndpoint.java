package io.tokenguard.servlet;

import io.tokenguard.TokenGuard;
import io.tokenguard.access.AccessToken;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;

/**
 * Serves requests of some paths itself, once the filter has let them through, such as the console. Found by {@link
 * java.util.ServiceLoader} when a filter starts.
 */
public interface FilterEndpoint {
    /**
     * Starts to serve.
     *
     * @param guard the guard of the filter
     * @return what serves; empty if the guard does not configure this endpoint
     */
    Optional<Service> open(TokenGuard guard);

    /** Serves requests for one filter. Thread-safe. */
    interface Service extends AutoCloseable {
        /**
         * Whether requests of a path are served here, and not by the application.
         *
         * @param path decoded, relative to the application
         */
        boolean serves(String path);

        /**
         * Serves a request.
         *
         * @param request the request as the container has it, with its credentials
         * @param path the path for which {@link #serves} returned true
         * @param token the accepted token; empty on a public route
         */
        void serve(HttpServletRequest request, String path, Optional<AccessToken> token, HttpServletResponse response)
                throws IOException;

        /** Stops to serve. */
        @Override
        void close();
    }
}

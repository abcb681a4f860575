package io.tokenguard.servlet;

import io.tokenguard.TokenGuard;
import io.tokenguard.access.ResourceMetadata;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Serves the API's metadata (RFC 9728 §3.2) to anyone; the guard's routes let requests for it through. Belongs on
 * {@code /.well-known/oauth-protected-resource/*} of the host's root. {@link TokenGuardFilter#register} registers it if the
 * API's own address is set; if the filter is declared in {@code web.xml}, declare it there too.
 */
public final class ResourceMetadataServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final String PATTERN = ResourceMetadata.WELL_KNOWN_PATH + "/*";

    private transient @Nullable TokenGuard guard;

    /** For containers. Uses the guard of the {@link TokenGuardFilter} of the same application. */
    public ResourceMetadataServlet() {}

    /**
     * Uses a guard of the application.
     *
     * @param guard created and closed by the application
     */
    public ResourceMetadataServlet(TokenGuard guard) {
        this.guard = guard;
    }

    /**
     * Registers a servlet at the path where clients look for metadata.
     *
     * @param context the application, during its initialization
     * @param guard created and closed by the application
     * @throws IllegalStateException if it is registered already
     */
    public static ServletRegistration.Dynamic register(ServletContext context, TokenGuard guard) {
        ServletRegistration.@Nullable Dynamic registration =
                context.addServlet(ResourceMetadataServlet.class.getName(), new ResourceMetadataServlet(guard));
        if (registration == null) {
            throw new IllegalStateException("ResourceMetadataServlet is registered already");
        }
        registration.setAsyncSupported(true);
        registration.addMapping(PATTERN);
        return registration;
    }

    /**
     * Finds the guard, if none was given.
     *
     * @throws ServletException if the application has no filter with a guard, or the API's address is not set
     */
    @Override
    public void init() throws ServletException {
        if (guard == null && getServletContext().getAttribute(TokenGuardFilter.GUARD) instanceof TokenGuard found) {
            guard = found;
        }
        if (guard == null) {
            throw new ServletException("ResourceMetadataServlet needs a TokenGuardFilter in the same application");
        }
        if (guard.resourceMetadata().isEmpty()) {
            throw new ServletException("ResourceMetadataServlet has no metadata to serve: set tokenguard.resource.uri");
        }
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Optional<ResourceMetadata> wanted = wantedBy(request);
        if (wanted.isPresent()) {
            write(wanted.get().json().getBytes(StandardCharsets.UTF_8), response);
        } else {
            response.setStatus(HttpServletResponse.SC_NOT_FOUND);
        }
    }

    /** Answers a CORS preflight of any origin; the status is the same for every caller. */
    @Override
    protected void doOptions(HttpServletRequest request, HttpServletResponse response) {
        if (wantedBy(request).isPresent()) {
            response.setStatus(HttpServletResponse.SC_NO_CONTENT);
            response.setHeader("Allow", "GET, HEAD, OPTIONS");
            expose(ResourceMetadata.CORS_PREFLIGHT_HEADERS, response);
        } else {
            response.setStatus(HttpServletResponse.SC_NOT_FOUND);
        }
    }

    private Optional<ResourceMetadata> wantedBy(HttpServletRequest request) {
        Optional<ResourceMetadata> metadata = guard == null ? Optional.empty() : guard.resourceMetadata();
        return metadata.filter(document -> document.isServedAt(pathOf(request)));
    }

    private static String pathOf(HttpServletRequest request) {
        return request.getPathInfo() == null
                ? request.getServletPath()
                : request.getServletPath() + request.getPathInfo();
    }

    private static void write(byte[] json, HttpServletResponse response) throws IOException {
        response.setContentType("application/json");
        response.setHeader("Cache-Control", ResourceMetadata.CACHE_CONTROL);
        expose(ResourceMetadata.CORS_HEADERS, response);
        response.setContentLength(json.length);
        response.getOutputStream().write(json);
    }

    /** A CORS filter of the application may have answered already; a second origin would make the answer unreadable. */
    private static void expose(Map<String, String> fields, HttpServletResponse response) {
        if (!response.containsHeader("Access-Control-Allow-Origin")) {
            fields.forEach(response::setHeader);
        }
    }
}

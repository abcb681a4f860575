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
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Serves what the API says of itself (RFC 9728 §3.2), to everybody: the guard's routes let it pass. It belongs on
 * {@code /.well-known/oauth-protected-resource/*} of the host's root. {@link TokenGuardFilter#register} registers it where
 * the guard knows the API's own address; beside a filter in {@code web.xml} it has to be declared there.
 */
public final class ResourceMetadataServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final String PATTERN = ResourceMetadata.WELL_KNOWN_PATH + "/*";

    private transient @Nullable TokenGuard guard;

    /** For containers. The guard is that of the filter of the same application. */
    public ResourceMetadataServlet() {}

    /**
     * A servlet for a guard that is made, and closed, by the application.
     *
     * @param guard whose metadata are served
     */
    public ResourceMetadataServlet(TokenGuard guard) {
        this.guard = guard;
    }

    /**
     * Registers a servlet where clients look for it.
     *
     * @param context the application, while it is being initialised
     * @param guard made, and closed, by the application
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
     * @throws ServletException if the application has no filter with a guard, or the guard does not know the API's address
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
            throw new ServletException("ResourceMetadataServlet has nothing to serve: set tokenguard.resource.uri");
        }
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Optional<ResourceMetadata> metadata = guard == null ? Optional.empty() : guard.resourceMetadata();
        Optional<ResourceMetadata> wanted = metadata.filter(document -> document.isServedAt(pathOf(request)));
        if (wanted.isPresent()) {
            write(wanted.get().json().getBytes(StandardCharsets.UTF_8), response);
        } else {
            response.setStatus(HttpServletResponse.SC_NOT_FOUND);
        }
    }

    private static String pathOf(HttpServletRequest request) {
        return request.getPathInfo() == null
                ? request.getServletPath()
                : request.getServletPath() + request.getPathInfo();
    }

    private static void write(byte[] json, HttpServletResponse response) throws IOException {
        response.setContentType("application/json");
        response.setHeader("Cache-Control", ResourceMetadata.CACHE_CONTROL);
        response.setContentLength(json.length);
        response.getOutputStream().write(json);
    }
}

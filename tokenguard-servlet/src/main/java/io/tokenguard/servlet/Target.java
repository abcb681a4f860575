package io.tokenguard.servlet;

import io.tokenguard.access.IncomingRequest;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The target of one dispatch.
 *
 * @param type the kind of dispatch
 * @param method the method that the request has now
 * @param path the path by which the container selected the resource, relative to the context
 */
record Target(DispatcherType type, String method, String path) {
    private static final List<String> ORIGINAL_URIS =
            List.of(AsyncContext.ASYNC_REQUEST_URI, RequestDispatcher.FORWARD_REQUEST_URI);

    static Target of(HttpServletRequest request) {
        DispatcherType type = request.getDispatcherType();
        return new Target(type, request.getMethod(), type == DispatcherType.INCLUDE ? included(request) : own(request));
    }

    /** Whether another dispatch of the same request continues after this one. */
    boolean isNested() {
        return type == DispatcherType.FORWARD || type == DispatcherType.INCLUDE;
    }

    /**
     * The requested directory, if the container directly serves a welcome file for it (Servlet 6.0 §10.10): both have to be
     * granted, as if it forwarded to the file. Empty for every other dispatch.
     */
    Optional<Target> directory(HttpServletRequest request) {
        String written = request.getRequestURI();
        if (type != DispatcherType.REQUEST || !written.endsWith("/") || path.endsWith("/")) {
            return Optional.empty();
        }
        String context = decode(request.getContextPath());
        String directory = decode(written);
        return directory.startsWith(context + "/")
                ? Optional.of(new Target(type, method, directory.substring(context.length())))
                : Optional.empty();
    }

    /** Leaves text that can't be decoded as it is: the guard refuses it. */
    private static String decode(String written) {
        try {
            return URLDecoder.decode(written.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            return written;
        }
    }

    IncomingRequest describe(HttpServletRequest request) {
        return new IncomingRequest(
                method,
                path,
                writtenPath(request),
                name -> lines(WithoutCredentials.unwrap(request).getHeaders(name)),
                ClientConnection.of(request));
    }

    /** Servlet 6.0 §9.3: an included resource finds its own path in attributes, unless it was selected by name. */
    private static String included(HttpServletRequest request) {
        Object servletPath = request.getAttribute(RequestDispatcher.INCLUDE_SERVLET_PATH);
        Object pathInfo = request.getAttribute(RequestDispatcher.INCLUDE_PATH_INFO);
        return servletPath instanceof String first ? join(first, pathInfo) : own(request);
    }

    private static String own(HttpServletRequest request) {
        return join(request.getServletPath(), request.getPathInfo());
    }

    private static String join(String servletPath, @Nullable Object pathInfo) {
        String path = pathInfo instanceof String rest ? servletPath + rest : servletPath;
        return path.isEmpty() ? "/" : path;
    }

    /** Servlet 6.0 §9.4.2, §9.7.2: after a forward or async dispatch, the client's path is in an attribute. */
    private String writtenPath(HttpServletRequest request) {
        if (type == DispatcherType.REQUEST) {
            return request.getRequestURI();
        }
        return ORIGINAL_URIS.stream()
                .map(request::getAttribute)
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .findFirst()
                .orElseGet(request::getRequestURI);
    }

    private static List<String> lines(@Nullable Enumeration<String> values) {
        return values == null ? List.of() : Collections.list(values);
    }
}

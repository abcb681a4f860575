package io.tokenguard.servlet;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request that hides its token from the application, so that the application can't pass it on. */
final class WithoutCredentials extends HttpServletRequestWrapper {
    private static final String FIELD = "Authorization";

    WithoutCredentials(HttpServletRequest request) {
        super(request);
    }

    /** The original request: a later dispatch is decided by what the client sent. */
    static HttpServletRequest unwrap(HttpServletRequest request) {
        HttpServletRequest inner = request;
        while (inner instanceof HttpServletRequestWrapper wrapper
                && wrapper.getRequest() instanceof HttpServletRequest wrapped) {
            if (inner instanceof WithoutCredentials) {
                return wrapped;
            }
            inner = wrapped;
        }
        return request;
    }

    @Override
    public @Nullable String getHeader(String name) {
        return FIELD.equalsIgnoreCase(name) ? null : super.getHeader(name);
    }

    /** Containers put the value of a malformed date into the exception's message. */
    @Override
    public long getDateHeader(String name) {
        return FIELD.equalsIgnoreCase(name) ? -1 : super.getDateHeader(name);
    }

    /** Containers put the value of a malformed number into the exception's message. */
    @Override
    public int getIntHeader(String name) {
        return FIELD.equalsIgnoreCase(name) ? -1 : super.getIntHeader(name);
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
        return FIELD.equalsIgnoreCase(name) ? Collections.emptyEnumeration() : super.getHeaders(name);
    }

    @Override
    public Enumeration<String> getHeaderNames() {
        List<String> names = Collections.list(super.getHeaderNames());
        names.removeIf(FIELD::equalsIgnoreCase);
        return Collections.enumeration(names);
    }
}

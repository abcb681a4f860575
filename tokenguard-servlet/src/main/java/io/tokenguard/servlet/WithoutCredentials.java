package io.tokenguard.servlet;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A request that hides its token from the application, so that the application can't pass it on. Of the subprotocols of a
 * WebSocket, it hides the one with the token, so that no endpoint chooses it and sends it back.
 */
final class WithoutCredentials extends HttpServletRequestWrapper {
    private static final String PROTOCOLS = "sec-websocket-protocol";

    private final Set<String> hidden;
    private final CookieNames cookies;

    /**
     * Hides fields and cookies.
     *
     * @param hidden the names of the fields, in lower case
     * @param cookies the names of the cookies
     */
    WithoutCredentials(HttpServletRequest request, Set<String> hidden, CookieNames cookies) {
        super(request);
        this.hidden = hidden;
        this.cookies = cookies;
    }

    private boolean isFiltered(String name) {
        return !cookies.names().isEmpty() && name.equalsIgnoreCase("Cookie");
    }

    private boolean isHidden(String name) {
        return isNamed(name) && (!isProtocols(name) || protocols().isEmpty());
    }

    private boolean isNamed(String name) {
        return hidden.contains(name.toLowerCase(Locale.ROOT));
    }

    private static boolean isProtocols(String name) {
        return name.equalsIgnoreCase(PROTOCOLS);
    }

    private String protocols() {
        return Collections.list(super.getHeaders(PROTOCOLS)).stream()
                .flatMap(line -> Stream.of(line.split(",", -1)))
                .map(String::strip)
                .filter(protocol -> !protocol.startsWith("bearer."))
                .collect(Collectors.joining(", "));
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
        if (isFiltered(name)) {
            Enumeration<String> lines = getHeaders(name);
            return lines.hasMoreElements() ? lines.nextElement() : null;
        }
        if (isHidden(name)) {
            return null;
        }
        return isNamed(name) ? protocols() : super.getHeader(name);
    }

    /** Containers put the value of a malformed date into the exception's message. */
    @Override
    public long getDateHeader(String name) {
        return isHidden(name) ? -1 : super.getDateHeader(name);
    }

    /** Containers put the value of a malformed number into the exception's message. */
    @Override
    public int getIntHeader(String name) {
        return isHidden(name) ? -1 : super.getIntHeader(name);
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
        if (isFiltered(name)) {
            return Collections.enumeration(cookies.without(Collections.list(super.getHeaders(name))));
        }
        if (isHidden(name)) {
            return Collections.emptyEnumeration();
        }
        return isNamed(name) ? Collections.enumeration(List.of(protocols())) : super.getHeaders(name);
    }

    @Override
    public Enumeration<String> getHeaderNames() {
        List<String> names = Collections.list(super.getHeaderNames());
        names.removeIf(name -> isHidden(name) || (isFiltered(name) && getHeader(name) == null));
        return Collections.enumeration(names);
    }

    @Override
    public Cookie @Nullable [] getCookies() {
        Cookie @Nullable [] all = super.getCookies();
        return all == null
                ? null
                : Arrays.stream(all)
                        .filter(cookie -> !cookies.names().contains(cookie.getName()))
                        .toArray(Cookie[]::new);
    }
}

package io.tokenguard.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tokenguard.access.IdempotentWrite;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A request whose body was read in part. The application reads all of it, as a stream, as text or as a form. */
final class ReadAheadRequest extends HttpServletRequestWrapper {
    private final IdempotentWrite write;
    private final byte[] head;
    private final StoredResponse response;
    private @Nullable ReadAheadStream stream;
    private @Nullable BufferedReader reader;
    private @Nullable Map<String, String[]> parameters;

    /**
     * Continues a body.
     *
     * @param head what was read of it
     * @param response where the answer is stored
     */
    ReadAheadRequest(HttpServletRequest request, IdempotentWrite write, byte[] head, StoredResponse response) {
        super(request);
        this.write = write;
        this.head = head;
        this.response = response;
    }

    static boolean isForm(String contentType) {
        return contentType.toLowerCase(Locale.ROOT).startsWith("application/x-www-form-urlencoded");
    }

    @Override
    public ServletInputStream getInputStream() {
        ReadAheadStream open = stream == null ? new ReadAheadStream(this, write, head) : stream;
        stream = open;
        return open;
    }

    /** The rest of the body, behind the head. */
    ServletInputStream rest() throws IOException {
        return super.getInputStream();
    }

    @Override
    public BufferedReader getReader() throws IOException {
        if (reader == null) {
            String encoding = Optional.ofNullable(getCharacterEncoding()).orElse("ISO-8859-1");
            reader = new BufferedReader(new InputStreamReader(getInputStream(), encoding));
        }
        return reader;
    }

    @Override
    public AsyncContext startAsync() {
        return startAsync(this, response);
    }

    /** An answer that comes later is not held. */
    @Override
    public AsyncContext startAsync(ServletRequest request, ServletResponse answer) {
        AsyncContext started = super.startAsync(request, answer);
        started.addListener(response.passThrough());
        return started;
    }

    @Override
    public Map<String, String[]> getParameterMap() {
        // Servlet 6.0 §3.1.1: only forms of POST are parameters.
        if (!getMethod().equals("POST")
                || !isForm(Optional.ofNullable(getContentType()).orElse(""))) {
            return super.getParameterMap();
        }
        // Of a body that was read, the container finds the parameters of the query only.
        Map<String, String[]> all = parameters == null
                ? FormParameters.joined(super.getParameterMap(), new String(head, UTF_8))
                : parameters;
        parameters = all;
        return all;
    }

    @Override
    public @Nullable String getParameter(String name) {
        String[] values = getParameterValues(name);
        return values == null ? null : values[0];
    }

    @Override
    public String @Nullable [] getParameterValues(String name) {
        return getParameterMap().get(name);
    }

    @Override
    public Enumeration<String> getParameterNames() {
        return Collections.enumeration(getParameterMap().keySet());
    }
}

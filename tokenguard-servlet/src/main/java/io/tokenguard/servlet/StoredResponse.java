package io.tokenguard.servlet;

import io.tokenguard.access.IdempotentWrite;
import io.tokenguard.access.IdempotentWrite.Answer;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.ServletResponseWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An answer that is stored before it is sent, as long as it is not too long. A longer one, and one of an asynchronous request,
 * is sent as it is written.
 */
final class StoredResponse extends HttpServletResponseWrapper implements AsyncListener {
    private static final String ENCODING = "Content-Encoding";

    private final IdempotentWrite write;
    private final HeldOutput output;
    private @Nullable PrintWriter writer;
    private boolean isOutputTaken;
    private boolean isEncoded;
    private boolean isEnded;
    private volatile boolean isAsynchronous;

    StoredResponse(HttpServletResponse response, IdempotentWrite write) {
        super(response);
        this.write = write;
        this.output = new HeldOutput(response, write.maxAnswer(), this::end);
    }

    /**
     * Passes on what a forward has written, before the container ends the forward: Tomcat drops what reaches the response
     * later. Nothing is sent to the client yet, unless the container's buffer is full.
     */
    static void passForwarded(ServletResponse response) throws IOException {
        ServletResponse inner = response;
        while (inner instanceof ServletResponseWrapper wrapper) {
            if (inner instanceof StoredResponse stored) {
                stored.flushWriter();
                stored.output.send();
                return;
            }
            inner = wrapper.getResponse();
        }
    }

    @Override
    public ServletOutputStream getOutputStream() {
        if (writer != null) {
            throw new IllegalStateException("getWriter was called");
        }
        isOutputTaken = true;
        return output;
    }

    @Override
    public PrintWriter getWriter() throws IOException {
        if (isOutputTaken) {
            throw new IllegalStateException("getOutputStream was called");
        }
        PrintWriter open = writer == null ? newWriter() : writer;
        writer = open;
        return open;
    }

    /** Servlet 6.0 §5.6: the encoding becomes part of the content type when the writer is taken. */
    private PrintWriter newWriter() throws IOException {
        String encoding = getCharacterEncoding();
        if (getContentType() != null) {
            setCharacterEncoding(encoding);
        }
        return new PrintWriter(new EncodedText(output, encoding));
    }

    @Override
    public void flushBuffer() throws IOException {
        flushWriter();
        output.flush();
    }

    @Override
    public void resetBuffer() {
        super.resetBuffer();
        discard();
    }

    @Override
    public void reset() {
        super.reset();
        discard();
        isOutputTaken = false;
    }

    private void discard() {
        writer = null;
        output.discard();
    }

    /** The container writes the page of an error after this filter; its status is stored when the application ends, and no page. */
    @Override
    public void sendError(int status) throws IOException {
        output.discard();
        super.sendError(status);
    }

    @Override
    public void sendError(int status, String message) throws IOException {
        output.discard();
        super.sendError(status, message);
    }

    /** Fields that the application sets; a container that compresses sets the field of the encoding too, and later. */
    @Override
    public void setHeader(String name, @Nullable String value) {
        note(name, value);
        super.setHeader(name, value);
    }

    @Override
    public void addHeader(String name, @Nullable String value) {
        note(name, value);
        super.addHeader(name, value);
    }

    private void note(String name, @Nullable String value) {
        if (ENCODING.equalsIgnoreCase(name)) {
            isEncoded = value != null;
        }
    }

    @Override
    public void sendRedirect(String location) throws IOException {
        output.discard();
        setHeader("Location", location);
        end(SC_FOUND);
        super.sendRedirect(location);
    }

    private void flushWriter() {
        if (writer != null) {
            writer.flush();
        }
    }

    /** Stores the answer and sends it; that of an asynchronous request is stored when it completes. */
    void finish() throws IOException {
        if (isAsynchronous) {
            return;
        }
        flushWriter();
        end();
        output.send();
    }

    /** The application threw an exception. */
    void fail() {
        if (!isEnded) {
            isEnded = true;
            write.abandon();
        }
    }

    private void end() {
        end(getStatus());
    }

    private void end(int status) {
        if (isEnded) {
            return;
        }
        isEnded = true;
        if (output.isTooLong()) {
            write.endUnstored(status);
        } else {
            write.end(new Answer(status, fields(), output.bytes()));
        }
    }

    private Map<String, List<String>> fields() {
        Map<String, List<String>> fields = new HashMap<>();
        getHeaderNames().forEach(name -> fields.put(name, new ArrayList<>(getHeaders(name))));
        if (!isEncoded) {
            fields.keySet().removeIf(ENCODING::equalsIgnoreCase);
        }
        if (getContentType() != null) {
            fields.keySet().removeIf("Content-Type"::equalsIgnoreCase);
            fields.put("Content-Type", List.of(getContentType()));
        }
        return fields;
    }

    /** From now on, what is written is sent. It is stored when the application closes the stream or completes. */
    AsyncListener passThrough() {
        isAsynchronous = true;
        output.pass();
        return this;
    }

    @Override
    public void onComplete(AsyncEvent event) {
        flushWriter();
        end();
    }

    @Override
    public void onTimeout(AsyncEvent event) {}

    @Override
    public void onError(AsyncEvent event) {
        fail();
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
        event.getAsyncContext().addListener(this);
    }
}

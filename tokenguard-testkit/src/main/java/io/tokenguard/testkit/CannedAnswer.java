package io.tokenguard.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import java.io.IOException;

/** A complete answer that has nothing to do with the honest one. Immutable: each method returns another value. */
public final class CannedAnswer implements Fault {
    private final int status;
    private final Headers headers;
    private final byte[] body;

    private CannedAnswer(int status, Headers headers, byte[] body) {
        this.status = status;
        this.headers = headers;
        this.body = body;
    }

    static CannedAnswer of(int status) {
        if (status < 200 || status > 599) {
            throw new IllegalArgumentException("Not the status of a final answer: " + status);
        }
        return new CannedAnswer(status, new Headers(), new byte[0]);
    }

    /**
     * Adds a header field; the same name twice makes two fields.
     *
     * @throws IllegalArgumentException if HTTP has no form for the name or value, such as a line break
     */
    public CannedAnswer header(String name, String value) {
        Headers more = copyOfHeaders();
        more.add(name, value);
        return new CannedAnswer(status, more, body);
    }

    /** Replaces the content type, {@code application/json} by default where there is a body. */
    public CannedAnswer contentType(String contentType) {
        Headers more = copyOfHeaders();
        more.set("Content-Type", contentType);
        return new CannedAnswer(status, more, body);
    }

    /** Replaces the body; the text is sent as UTF-8. */
    public CannedAnswer body(String newBody) {
        return body(newBody.getBytes(UTF_8));
    }

    /** Replaces the body. */
    public CannedAnswer body(byte[] newBody) {
        return new CannedAnswer(status, copyOfHeaders(), newBody.clone());
    }

    void deliver(Reply reply) throws IOException {
        if (body.length > 0) {
            reply.header("Content-Type", "application/json");
        }
        reply.headers(copyOfHeaders());
        reply.send(status, body);
    }

    /** Shows the status and the length of the body. */
    @Override
    public String toString() {
        return "answer " + status + " with " + body.length + " bytes";
    }

    private Headers copyOfHeaders() {
        Headers copy = new Headers();
        headers.forEach((name, values) -> values.forEach(value -> copy.add(name, value)));
        return copy;
    }
}

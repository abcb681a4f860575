package io.tokenguard.internal.introspection;

import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;

/** The form-encoded body of a request (RFC 6749, appendix B): no value can start another parameter. Not thread-safe. */
public final class FormBody {
    private final StringBuilder text = new StringBuilder();

    FormBody() {}

    static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    /** Adds a parameter. */
    public FormBody with(String name, String value) {
        text.append(text.isEmpty() ? "" : "&").append(encode(name)).append('=').append(encode(value));
        return this;
    }

    HttpRequest.BodyPublisher publisher() {
        return HttpRequest.BodyPublishers.ofString(text.toString(), StandardCharsets.US_ASCII);
    }
}

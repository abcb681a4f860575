package io.tokenguard.console;

import io.tokenguard.access.AccessToken;
import io.tokenguard.access.IncomingRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A request to the console.
 *
 * @param path the path below the console's own: empty, or beginning with a slash
 * @param request the request
 * @param token the accepted token of the {@code Authorization} field; empty if there is none
 * @param body the body, which is read only by acts
 */
record Call(String path, IncomingRequest request, Optional<AccessToken> token, InputStream body) {
    private static final String JSON = "application/json";

    /** A token of the greatest length that a guard can accept, with all its characters escaped, does not fit: none has any. */
    private static final int LONGEST_BODY = 128 * 1024;

    String method() {
        return request.method();
    }

    boolean reads() {
        return method().equals("GET") || method().equals("HEAD");
    }

    /** Whether the body is declared as JSON: a form of another site can't declare that without asking first. */
    boolean isJson() {
        List<String> types = request.headers().valuesOf("Content-Type");
        String type = types.size() == 1 ? types.get(0).strip().toLowerCase(Locale.ROOT) : "";
        return type.equals(JSON) || type.replace(" ", "").equals(JSON + ";charset=utf-8");
    }

    /** The body; empty if it is longer than 128 KiB. */
    Optional<byte[]> content() throws IOException {
        byte[] content = body.readNBytes(LONGEST_BODY + 1);
        return content.length > LONGEST_BODY ? Optional.empty() : Optional.of(content);
    }

    /** Shows nothing of the request. */
    @Override
    public String toString() {
        return "Call[" + method() + "]";
    }
}

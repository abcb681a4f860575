package io.tokenguard.testkit;

import java.util.LinkedHashMap;
import java.util.Map;

/** An error of OAuth (RFC 6749 §4.1.2.1 and §5.2), with a constant description. */
final class GrantRefusal extends Exception {
    private static final long serialVersionUID = 1L;
    private static final int BAD_REQUEST = 400;
    private static final int UNAUTHORIZED = 401;

    private final String error;
    private final int status;

    private GrantRefusal(int status, String error, String description) {
        super(description, null, false, false);
        this.status = status;
        this.error = error;
    }

    static GrantRefusal of(String error, String description) {
        return new GrantRefusal(BAD_REQUEST, error, description);
    }

    static GrantRefusal ofClient(String description) {
        return new GrantRefusal(UNAUTHORIZED, "invalid_client", description);
    }

    String error() {
        return error;
    }

    String description() {
        return String.valueOf(getMessage());
    }

    /** The answer of an endpoint that clients call themselves. */
    HonestAnswer answer() {
        HonestAnswer answer = HonestAnswer.json(status, Map.of("error", error, "error_description", description()));
        if (status != UNAUTHORIZED) {
            return answer;
        }
        Map<String, String> headers = new LinkedHashMap<>(answer.headers());
        headers.put("WWW-Authenticate", "Basic realm=\"test issuer\"");
        return new HonestAnswer(status, headers, answer.body());
    }
}

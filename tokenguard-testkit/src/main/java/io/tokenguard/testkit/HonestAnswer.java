package io.tokenguard.testkit;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an endpoint answers when nothing is wrong. */
record HonestAnswer(int status, Map<String, String> headers, String body) {
    static final HonestAnswer NONE = new HonestAnswer(Map.of(), "");
    private static final int OK = 200;

    HonestAnswer(Map<String, String> headers, String body) {
        this(OK, headers, body);
    }

    /** JSON that must not be stored (RFC 6749 §5.1). */
    static HonestAnswer json(int status, Map<String, ? extends @Nullable Object> members) {
        return new HonestAnswer(
                status,
                Map.of("Content-Type", "application/json", "Cache-Control", "no-store"),
                TestJson.write(members));
    }

    HonestAnswer with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new HonestAnswer(status, more, body);
    }
}

package io.tokenguard.access;

import java.util.List;
import java.util.Map;

/**
 * The answer to a refused request (RFC 6750 §3). Fixed text throughout: nothing that came with the request is in it.
 *
 * @param status the HTTP status
 * @param headers the header fields to set, such as {@code WWW-Authenticate}
 * @param body the body, at most one line; empty where there is nothing to say
 */
public record Challenge(int status, Map<String, List<String>> headers, String body) {
    /** Copies the headers. */
    public Challenge {
        headers = Map.copyOf(headers);
    }

    /** The challenges, one for each scheme; empty where the status asks for none. */
    public List<String> wwwAuthenticate() {
        return headers.getOrDefault("WWW-Authenticate", List.of());
    }
}

package io.tokenguard.access;

import java.util.Map;

/**
 * The HTTP response of an endpoint that receives logout tokens or security event tokens, or that serves the health document
 * or the console; or to a CORS preflight.
 *
 * @param status the HTTP status
 * @param headers the header fields
 * @param body the body, sent in UTF-8; may be empty
 */
public record FeedAnswer(int status, Map<String, String> headers, String body) {
    /** Copies the header fields. */
    public FeedAnswer {
        headers = Map.copyOf(headers);
    }
}

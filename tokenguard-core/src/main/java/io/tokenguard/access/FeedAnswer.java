package io.tokenguard.access;

import java.util.Map;

/**
 * What the endpoint of a feed answers.
 *
 * @param status the HTTP status
 * @param headers the header fields
 * @param body the body, ASCII; empty where there is none
 */
public record FeedAnswer(int status, Map<String, String> headers, String body) {
    /** Copies the header fields. */
    public FeedAnswer {
        headers = Map.copyOf(headers);
    }
}

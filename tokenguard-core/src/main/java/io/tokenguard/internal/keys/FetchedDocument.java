package io.tokenguard.internal.keys;

import java.time.Duration;
import java.util.Optional;

/**
 * The result of a fetch.
 *
 * @param body the document; empty if it has not changed
 * @param isUnchanged whether the server answered that the copy with this tag is current (RFC 9110 §15.4.5)
 * @param mediaType its media type, for the operator; empty if unknown
 * @param entityTag its tag; empty if it has none
 * @param maxAge how long it may be cached (RFC 9111 §5.2.2.1); empty if the server does not state it
 */
@SuppressWarnings("ArrayRecordComponent") // passed on once and never changed
public record FetchedDocument(
        byte[] body, boolean isUnchanged, String mediaType, String entityTag, Optional<Duration> maxAge) {
    /** Its media type, for messages. */
    String shownType() {
        return mediaType.isEmpty() ? "no media type" : mediaType;
    }
}

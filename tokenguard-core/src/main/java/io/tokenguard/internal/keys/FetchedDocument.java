package io.tokenguard.internal.keys;

import java.time.Duration;
import java.util.Optional;

/**
 * What a fetch brought.
 *
 * @param body the document; empty where it has not changed
 * @param isUnchanged whether the server said that the document is still the one of this tag (RFC 9110 §15.4.5)
 * @param entityTag its tag; empty where it has none
 * @param maxAge how long the server lets it be kept (RFC 9111 §5.2.2.1); empty where it does not say
 */
@SuppressWarnings("ArrayRecordComponent") // Handed on once and never changed.
public record FetchedDocument(byte[] body, boolean isUnchanged, String entityTag, Optional<Duration> maxAge) {}

package io.tokenguard.internal.keys;

import java.time.Duration;
import java.util.Optional;

/**
 * The result of a successful load.
 *
 * @param keys the keys
 * @param document the document that contained them
 * @param maxAge how long the issuer allows them to be cached; empty if it does not state it
 */
@SuppressWarnings("ArrayRecordComponent") // passed on once and never changed
record LoadedKeys(KeySet keys, byte[] document, Optional<Duration> maxAge) {}

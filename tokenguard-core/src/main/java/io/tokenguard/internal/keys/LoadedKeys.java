package io.tokenguard.internal.keys;

import java.time.Duration;
import java.util.Optional;

/**
 * What a good load brought.
 *
 * @param keys the keys
 * @param document the document that they were read from
 * @param maxAge how long the issuer lets them be kept; empty where it does not say
 */
@SuppressWarnings("ArrayRecordComponent") // Handed on once and never changed.
record LoadedKeys(KeySet keys, byte[] document, Optional<Duration> maxAge) {}

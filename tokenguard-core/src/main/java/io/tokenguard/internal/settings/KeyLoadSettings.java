package io.tokenguard.internal.settings;

import java.time.Duration;

/**
 * How keys are loaded.
 *
 * @param documents limits of one load
 * @param unknownKeyCooldown the shortest time between two loads that unknown keys cause
 * @param initialJitter the longest random delay of the first load
 * @param maxPerMinute the greatest number of loads in a minute
 * @param maxWaiting how many requests may wait for the first load
 * @param failsFast whether no guard is built before the first good load
 */
public record KeyLoadSettings(
        DocumentLimits documents,
        Duration unknownKeyCooldown,
        Duration initialJitter,
        int maxPerMinute,
        int maxWaiting,
        boolean failsFast) {
    /**
     * What one load may bring.
     *
     * @param timeout how long one load may take
     * @param maxSize the greatest number of bytes of a document
     * @param maxKeys the greatest number of keys in a set
     * @param warnsOfShortRsa whether a warning is logged if all keys are RSA below 3 072 bits
     */
    public record DocumentLimits(Duration timeout, int maxSize, int maxKeys, boolean warnsOfShortRsa) {}

    /** How long one load may take. */
    public Duration timeout() {
        return documents.timeout();
    }

    /** The greatest number of bytes of a document. */
    public int maxSize() {
        return documents.maxSize();
    }

    KeyLoadSettings patient() {
        return new KeyLoadSettings(documents, unknownKeyCooldown, initialJitter, maxPerMinute, maxWaiting, false);
    }
}

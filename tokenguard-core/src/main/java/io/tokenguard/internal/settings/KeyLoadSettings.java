package io.tokenguard.internal.settings;

import java.time.Duration;

/**
 * How keys are loaded.
 *
 * @param timeout how long one load may take
 * @param maxSize the greatest number of bytes of a document
 * @param unknownKeyCooldown the shortest time between two loads that unknown keys cause
 * @param initialJitter the longest random delay of the first load
 * @param maxPerMinute the greatest number of loads in a minute
 * @param maxWaiting how many requests may wait for the first load
 */
public record KeyLoadSettings(
        Duration timeout,
        int maxSize,
        Duration unknownKeyCooldown,
        Duration initialJitter,
        int maxPerMinute,
        int maxWaiting) {}

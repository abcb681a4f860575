package io.tokenguard.micrometer;

import org.jspecify.annotations.Nullable;

/**
 * What a meter is called.
 *
 * @param name its name
 * @param description what it measures
 * @param unit its unit; null if it has none, or if its kind has one
 * @param tags names and values of its tags, alternating
 */
@SuppressWarnings("ArrayRecordComponent") // made and read in one statement
record Meter(String name, String description, @Nullable String unit, String... tags) {
    static Meter of(String name, String description, String... tags) {
        return new Meter(name, description, null, tags);
    }

    Meter in(String baseUnit) {
        return new Meter(name, description, baseUnit, tags);
    }
}

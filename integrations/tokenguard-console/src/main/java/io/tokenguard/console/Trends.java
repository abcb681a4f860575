package io.tokenguard.console;

import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** Counts over an hour, a day and a year. In memory only: a restart forgets them. Thread-safe. */
final class Trends {
    private final Map<Resolution, Trend> all = new EnumMap<>(Resolution.class);

    Trends() {
        for (Resolution resolution : Resolution.values()) {
            all.put(resolution, new Trend(resolution));
        }
    }

    void add(Instant at, Map<Series, Long> counts) {
        all.values().forEach(trend -> trend.add(at.getEpochSecond(), counts));
    }

    Trend of(Resolution resolution) {
        return Objects.requireNonNull(all.get(resolution));
    }
}

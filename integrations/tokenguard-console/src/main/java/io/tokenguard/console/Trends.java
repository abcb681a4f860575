package io.tokenguard.console;

import io.tokenguard.console.Trend.Range;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Counts over an hour, a day and a year: those of this process, and those that were stored by others or by earlier processes.
 * Thread-safe.
 */
final class Trends {
    private final Map<Resolution, Trend> own = new EnumMap<>(Resolution.class);
    private final Map<Resolution, Trend> others = new EnumMap<>(Resolution.class);
    private volatile boolean isStored;

    Trends() {
        for (Resolution resolution : Resolution.values()) {
            own.put(resolution, new Trend(resolution));
            others.put(resolution, new Trend(resolution));
        }
    }

    void add(Instant at, Map<Series, Long> counts) {
        own.values().forEach(trend -> trend.add(at.getEpochSecond(), counts));
    }

    /** The counts of this process. */
    Trend own(Resolution resolution) {
        return Objects.requireNonNull(own.get(resolution));
    }

    /** The stored counts of other processes. */
    Trend others(Resolution resolution) {
        return Objects.requireNonNull(others.get(resolution));
    }

    /** Whether counts are stored. */
    void stored(boolean isSo) {
        isStored = isSo;
    }

    /** The series of a group, the oldest time first. */
    Map<String, Object> document(Resolution resolution, Group group) {
        Range known = range(resolution);
        int step = resolution.stepSeconds();
        long start = known == null ? 0 : Math.max(known.first(), known.last() - resolution.shown() + 1);
        int count = known == null ? 0 : (int) (known.last() - start + 1);
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("from", Math.max(0L, start) * step);
        document.put("step", step);
        document.put("count", count);
        document.put("stored", isStored && resolution != Resolution.SECONDS);
        document.put("series", values(resolution, group, start, count));
        long weekBefore = start - resolution.week();
        if (known != null && hasWeekBefore(resolution, group) && known.first() < weekBefore + count) {
            document.put("weekBefore", values(resolution, group, weekBefore, count));
        }
        return document;
    }

    private static boolean hasWeekBefore(Resolution resolution, Group group) {
        return group == Group.TOTALS && resolution.keepsWeek();
    }

    private @Nullable Range range(Resolution resolution) {
        Range here = own(resolution).range();
        Range elsewhere = others(resolution).range();
        return here == null ? elsewhere : here.with(elsewhere);
    }

    private Map<String, int[]> values(Resolution resolution, Group group, long from, int count) {
        Map<Series, int[]> values = new HashMap<>();
        own(resolution).addTo(values, group, from, count);
        others(resolution).addTo(values, group, from, count);
        Map<String, int[]> named = new TreeMap<>();
        values.forEach((series, numbers) -> named.put(series.name(), numbers));
        return named;
    }
}

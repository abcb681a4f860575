package io.tokenguard.console;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Counts over time in one resolution; each series takes 4 bytes a slot once it was counted. Each group has its own share of
 * series. If it is used up, a further series replaces the one with the smallest sum, so that a flood of new names does not
 * displace what is counted often. Thread-safe; the lock is held for no I/O.
 */
final class Trend {
    private static final long NEVER = Long.MIN_VALUE;

    private final Resolution resolution;
    private final Map<Group, Map<Series, Line>> groups = new EnumMap<>(Group.class);
    private final ReentrantLock lock = new ReentrantLock();
    private long first = NEVER;
    private long last = NEVER;

    /** The values of one series. */
    private static final class Line {
        private final int[] values;
        private long sum;

        Line(int slots) {
            values = new int[slots];
        }

        void set(int place, int value) {
            sum += value - values[place];
            values[place] = value;
        }

        void clear() {
            Arrays.fill(values, 0);
            sum = 0;
        }
    }

    /**
     * The slots that are known.
     *
     * @param first the first that is kept
     * @param last the last
     */
    record Range(long first, long last) {
        Range with(@Nullable Range other) {
            return other == null ? this : new Range(Math.min(first, other.first), Math.max(last, other.last));
        }
    }

    Trend(Resolution resolution) {
        this.resolution = resolution;
        for (Group group : Group.values()) {
            groups.put(group, new HashMap<>());
        }
    }

    /**
     * Adds counts at a time. If the clock was set back, they count at the latest time so far.
     *
     * @param epochSecond the time
     * @param counts what to add
     */
    void add(long epochSecond, Map<Series, Long> counts) {
        lock.lock();
        try {
            advance(resolution.slot(epochSecond));
            counts.forEach((series, count) -> add(series, last, count));
        } finally {
            lock.unlock();
        }
    }

    /** Sets the counts of a slot. A slot that is not kept any more is left out. */
    void replace(long slot, Map<Series, Long> counts) {
        lock.lock();
        try {
            if (last != NEVER && slot <= last - resolution.kept()) {
                return;
            }
            advance(slot);
            first = Math.min(first, slot);
            int place = place(slot);
            groups.values().forEach(lines -> lines.values().forEach(line -> line.set(place, 0)));
            counts.forEach((series, count) -> add(series, slot, count));
        } finally {
            lock.unlock();
        }
    }

    private void advance(long slot) {
        if (last == NEVER) {
            first = slot;
            last = slot;
        }
        long passed = Math.min(slot - last, resolution.kept());
        for (long i = 1; i <= passed; i++) {
            int cleared = place(slot - passed + i);
            groups.values().forEach(lines -> lines.values().forEach(line -> line.set(cleared, 0)));
        }
        last = Math.max(last, slot);
    }

    private int place(long slot) {
        return (int) Math.floorMod(slot, (long) resolution.kept());
    }

    private void add(Series series, long slot, long count) {
        Map<Series, Line> lines = Objects.requireNonNull(groups.get(series.group()));
        Line known = lines.get(series);
        if (known == null && count <= 0) {
            return;
        }
        Line line = known == null ? fresh(lines, series.group().share()) : known;
        lines.put(series, line);
        int place = place(slot);
        line.set(place, series.together(line.values[place], count));
    }

    private Line fresh(Map<Series, Line> lines, int share) {
        if (lines.size() < share) {
            return new Line(resolution.kept());
        }
        Map.Entry<Series, Line> smallest = lines.entrySet().stream()
                .min((one, other) -> Long.compare(one.getValue().sum, other.getValue().sum))
                .orElseThrow();
        Line line = smallest.getValue();
        lines.remove(smallest.getKey());
        line.clear();
        return line;
    }

    /** Forgets everything. */
    void clear() {
        lock.lock();
        try {
            groups.values().forEach(Map::clear);
            first = NEVER;
            last = NEVER;
        } finally {
            lock.unlock();
        }
    }

    /** The slots that are known; null if nothing was counted. */
    @Nullable
    Range range() {
        lock.lock();
        try {
            return last == NEVER ? null : new Range(Math.max(first, last - resolution.kept() + 1), last);
        } finally {
            lock.unlock();
        }
    }

    /** Adds the values of a group, from a slot on, to arrays of a length. */
    void addTo(Map<Series, int[]> values, Group group, long from, int length) {
        lock.lock();
        try {
            Objects.requireNonNull(groups.get(group)).forEach((series, line) -> {
                int[] added = values.computeIfAbsent(series, unused -> new int[length]);
                for (int i = 0; i < length; i++) {
                    long slot = from + i;
                    if (slot > last - resolution.kept() && slot <= last) {
                        added[i] = series.together(added[i], line.values[place(slot)]);
                    }
                }
            });
        } finally {
            lock.unlock();
        }
    }

    /** What was counted in a slot, without zeros. */
    Map<Series, Integer> at(long slot) {
        Map<Series, int[]> values = new HashMap<>();
        for (Group group : Group.values()) {
            addTo(values, group, slot, 1);
        }
        Map<Series, Integer> counts = new HashMap<>();
        values.forEach((series, value) -> {
            if (value[0] > 0) {
                counts.put(series, value[0]);
            }
        });
        return counts;
    }
}

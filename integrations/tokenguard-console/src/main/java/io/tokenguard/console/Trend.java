package io.tokenguard.console;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Counts over time in one resolution: at most 200 series, each of which takes 4 bytes a time span once it was counted. Further
 * series are left out. Thread-safe; the lock is held for no I/O.
 */
final class Trend {
    private static final int MOST_SERIES = 200;

    private final Resolution resolution;
    private final Map<Series, int[]> values = new HashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private long first = -1;
    private long last = -1;

    Trend(Resolution resolution) {
        this.resolution = resolution;
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
            advance(Math.floorDiv(epochSecond, resolution.stepSeconds()));
            counts.forEach(this::add);
        } finally {
            lock.unlock();
        }
    }

    private void advance(long slot) {
        if (first < 0) {
            first = slot;
            last = slot;
        }
        long passed = Math.min(slot - last, resolution.slots());
        for (long i = 1; i <= passed; i++) {
            int cleared = place(slot - passed + i);
            values.values().forEach(series -> series[cleared] = 0);
        }
        last = Math.max(last, slot);
    }

    private int place(long slot) {
        return (int) Math.floorMod(slot, (long) resolution.slots());
    }

    private void add(Series series, long count) {
        int[] known = values.get(series);
        if (known == null && (count == 0 || values.size() >= MOST_SERIES)) {
            return;
        }
        int[] slots = known == null ? new int[resolution.slots()] : known;
        values.put(series, slots);
        int place = place(last);
        long changed = series.isGreatest() ? Math.max(slots[place], count) : slots[place] + count;
        slots[place] = (int) Math.min(Integer.MAX_VALUE, changed);
    }

    /** The series of a group, the oldest time first. */
    Map<String, Object> document(Group group) {
        lock.lock();
        try {
            long start = Math.max(first, last - resolution.slots() + 1);
            Map<String, Object> series = new TreeMap<>();
            values.forEach((name, slots) -> {
                if (name.group() == group) {
                    series.put(name.name(), inOrder(slots, start));
                }
            });
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("from", Math.max(0L, start) * resolution.stepSeconds());
            document.put("step", resolution.stepSeconds());
            document.put("count", first < 0 ? 0L : last - start + 1);
            document.put("series", series);
            return document;
        } finally {
            lock.unlock();
        }
    }

    private int[] inOrder(int[] slots, long start) {
        int[] ordered = new int[(int) (last - start + 1)];
        Arrays.setAll(ordered, i -> slots[place(start + i)]);
        return ordered;
    }
}

package io.tokenguard.console;

import io.tokenguard.console.Trend.Range;
import io.tokenguard.spi.SharedState.RollUp;
import io.tokenguard.spi.SharedState.RollUpStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Exchanges counts with a store: writes those of this process, and reads those of others. Counts by minutes and hours; those by
 * seconds stay in memory. For one thread, which may wait for the store.
 */
final class StoredTrends {
    private static final List<Resolution> STORED = List.of(Resolution.MINUTES, Resolution.HOURS);

    /** How many slots one call writes. */
    private static final int PAGE = 200;

    /** How many slots one call reads at most: those that follow empty ones can have many rows. */
    private static final int LONGEST_PAGE = 50;

    /** How many slots the first call reads, while the number of nodes is not known. */
    private static final int FIRST_PAGE = 8;

    /** How many rows a call should read, of at most 16 KB each: about 10 MB, however many nodes there are. */
    private static final int ROWS = 600;

    /** How many slots before the last one others may still change: clocks differ, and nodes write once a minute. */
    private static final int LATE = 3;

    private final Supplier<Optional<RollUpStore>> stores;
    private final Trends trends;
    private final String writer;
    private final Clock clock;
    private final Map<Resolution, Long> written = new EnumMap<>(Resolution.class);
    private final Map<Resolution, Long> readUntil = new EnumMap<>(Resolution.class);
    private @Nullable RollUpStore used;

    /**
     * An exchange.
     *
     * @param stores the store; empty if none is configured
     * @param writer names this process, and no other
     */
    StoredTrends(Supplier<Optional<RollUpStore>> stores, Trends trends, String writer, Clock clock) {
        this.stores = stores;
        this.trends = trends;
        this.writer = writer;
        this.clock = clock;
    }

    /** Writes and reads what is new. What fails is tried again by the next call. */
    void exchange() {
        Optional<RollUpStore> store = current();
        boolean isGood = store.isPresent();
        for (Resolution resolution : STORED) {
            isGood = isGood && write(store.get(), resolution) && read(store.get(), resolution);
        }
        trends.stored(isGood);
    }

    /** Writes what is new, before the process ends. */
    void finish() {
        Optional<RollUpStore> store = current();
        for (Resolution resolution : STORED) {
            if (store.isPresent()) {
                boolean unused = write(store.get(), resolution);
            }
        }
    }

    /** A configuration with another store begins again: it may hold other counts, and none of this process. */
    @SuppressWarnings("ReferenceEquality") // identity, not equality
    private Optional<RollUpStore> current() {
        Optional<RollUpStore> store = stores.get();
        if (store.orElse(null) != used) {
            used = store.orElse(null);
            written.clear();
            readUntil.clear();
            STORED.forEach(resolution -> trends.others(resolution).clear());
        }
        return store;
    }

    /** Writes the slots since the last one that was written, and that one again: it may have grown since. */
    private boolean write(RollUpStore store, Resolution resolution) {
        Range known = trends.own(resolution).range();
        if (known == null) {
            return true;
        }
        boolean isStored = true;
        long from = Math.max(known.first(), written.getOrDefault(resolution, Long.MIN_VALUE));
        while (isStored && from <= known.last()) {
            long last = Math.min(from + PAGE - 1, known.last());
            isStored = store.put(rollUps(resolution, from, last));
            if (isStored) {
                written.put(resolution, last);
            }
            from = last + 1;
        }
        return isStored;
    }

    private List<RollUp> rollUps(Resolution resolution, long from, long last) {
        List<RollUp> rollUps = new ArrayList<>();
        for (long slot = from; slot <= last; slot++) {
            Map<Series, Integer> counts = trends.own(resolution).at(slot);
            if (!counts.isEmpty()) {
                rollUps.add(rollUp(resolution, slot, RollUpText.of(counts)));
            }
        }
        return rollUps;
    }

    private RollUp rollUp(Resolution resolution, long slot, String counts) {
        Instant end = Instant.ofEpochSecond((slot + resolution.kept()) * resolution.stepSeconds());
        return new RollUp(resolution.label(), slot, writer, counts, end.plus(Duration.ofHours(1)));
    }

    private boolean read(RollUpStore store, Resolution resolution) {
        long now = resolution.slot(clock.instant().getEpochSecond());
        long from = readUntil.getOrDefault(resolution, now - resolution.kept() + 1);
        long slots = FIRST_PAGE;
        while (from <= now) {
            long until = Math.min(from + slots, now + 1);
            Optional<List<RollUp>> page = store.read(resolution.label(), from, until);
            if (page.isEmpty()) {
                return false;
            }
            summed(page.get()).forEach(trends.others(resolution)::replace);
            slots = nextPage(until - from, page.get().size());
            from = until;
            readUntil.put(resolution, from);
        }
        readUntil.put(resolution, now - LATE);
        return true;
    }

    /** Fewer slots if they had many rows; at most twice as many if they had few. */
    static long nextPage(long slots, int rows) {
        long fitting = slots * ROWS / Math.max(1, rows);
        return Math.max(1, Math.min(Math.min(LONGEST_PAGE, 2 * slots), fitting));
    }

    private Map<Long, Map<Series, Long>> summed(List<RollUp> rollUps) {
        Map<Long, Map<Series, Long>> sums = new TreeMap<>();
        for (RollUp rollUp : rollUps) {
            if (!Objects.equals(rollUp.writer(), writer)) {
                RollUpText.addTo(sums.computeIfAbsent(rollUp.slot(), unused -> new HashMap<>()), rollUp.counts());
            }
        }
        return sums;
    }
}

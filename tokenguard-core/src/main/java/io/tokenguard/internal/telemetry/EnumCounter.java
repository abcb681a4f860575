package io.tokenguard.internal.telemetry;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/** One counter for each constant. Thread-safe, without a lock. */
final class EnumCounter<E extends Enum<E>> {
    private final Class<E> type;
    private final Map<E, LongAdder> counts;

    EnumCounter(Class<E> type) {
        this.type = type;
        this.counts = new EnumMap<>(type);
        for (E constant : type.getEnumConstants()) {
            counts.put(constant, new LongAdder());
        }
    }

    void count(E constant) {
        counter(constant).increment();
    }

    long of(E constant) {
        return counter(constant).sum();
    }

    private LongAdder counter(E constant) {
        return Objects.requireNonNull(counts.get(constant));
    }

    Map<E, Long> snapshot() {
        Map<E, Long> snapshot = new EnumMap<>(type);
        counts.forEach((constant, count) -> snapshot.put(constant, count.sum()));
        return snapshot;
    }
}

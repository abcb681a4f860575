package io.tokenguard.internal.telemetry;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Counters by label. Labels come from configurations; as successive configurations can have different ones, their number is
 * bounded, and those beyond the bound share one counter. Thread-safe.
 */
final class LabelledCounters<T> {
    /** The label of everything that has none of its own. */
    static final String OTHER = "other";

    private static final int MOST_LABELS = 10_000;

    private final Map<String, T> counters = new ConcurrentHashMap<>();
    private final Function<String, T> fresh;

    LabelledCounters(Function<String, T> fresh) {
        this.fresh = fresh;
    }

    T of(String label) {
        T known = counters.get(label);
        if (known != null) {
            return known;
        }
        return counters.computeIfAbsent(counters.size() < MOST_LABELS ? label : OTHER, fresh);
    }

    <S> List<S> snapshot(BiFunction<String, T, S> form) {
        return stream(form).toList();
    }

    /** In the order of the labels. */
    <S> Stream<S> stream(BiFunction<String, T, S> form) {
        return counters.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> form.apply(entry.getKey(), entry.getValue()));
    }
}

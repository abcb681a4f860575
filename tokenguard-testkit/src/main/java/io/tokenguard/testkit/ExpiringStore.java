package io.tokenguard.testkit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Values that expire. Holds at most 1 000; the oldest is dropped first. Thread-safe. */
final class ExpiringStore<V> {
    static final int MOST = 1_000;

    private final Map<String, Entry<V>> entries = new LinkedHashMap<>();
    private final Clock clock;
    private final Duration lifetime;

    ExpiringStore(Clock clock, Duration lifetime) {
        this.clock = clock;
        this.lifetime = lifetime;
    }

    private record Entry<V>(Instant end, V value) {}

    /** Keeps a value under a new key that nobody can guess. */
    String add(V value) {
        String key = RandomText.next();
        put(key, value);
        return key;
    }

    /** Keeps a value; returns false if the key has one already, which is replaced. */
    synchronized boolean put(String key, V value) {
        boolean isNew = get(key).isEmpty();
        entries.remove(key);
        if (entries.size() >= MOST) {
            entries.remove(entries.keySet().iterator().next());
        }
        entries.put(key, new Entry<>(clock.instant().plus(lifetime), value));
        return isNew;
    }

    synchronized Optional<V> get(String key) {
        return Optional.ofNullable(entries.get(key))
                .filter(entry -> clock.instant().isBefore(entry.end()))
                .map(Entry::value);
    }

    synchronized Optional<V> take(String key) {
        Optional<V> value = get(key);
        entries.remove(key);
        return value;
    }

    /** Removes values and passes on each of them that has not expired. */
    synchronized void removeIf(Predicate<V> which, Consumer<V> removed) {
        Instant now = clock.instant();
        entries.values().removeIf(entry -> {
            boolean matches = which.test(entry.value());
            if (matches && now.isBefore(entry.end())) {
                removed.accept(entry.value());
            }
            return matches;
        });
    }
}

package io.tokenguard.internal.store;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.slf4j.Logger;

/**
 * What fails now, and the alarm about it: at most one line a minute and concern. Thread-safe, without locks.
 *
 * @param <C> what can fail by itself, the most serious first; {@link Object#toString} is its name in the log
 */
public final class FailureLog<C extends Enum<C>> {
    private static final long MINUTE = 60_000_000_000L;

    private final Logger log;
    private final String store;
    private final LongSupplier nanos;
    private final Map<C, Cause> now = new ConcurrentHashMap<>();
    private final Set<C> logged = ConcurrentHashMap.newKeySet();
    private final Map<C, AtomicLong> silentUntil;
    private final AtomicLong unexpectedSilentUntil;

    /** Why something fails. */
    public interface Cause {
        /** Constant text: no text of a server or a driver reaches the log. */
        String words();
    }

    /**
     * Nothing fails.
     *
     * @param store how its lines begin
     * @param concerns all that can fail
     * @param nanos a clock like {@link System#nanoTime}
     */
    public FailureLog(Logger log, String store, Class<C> concerns, LongSupplier nanos) {
        this.log = log;
        this.store = store;
        this.nanos = nanos;
        this.silentUntil = new EnumMap<>(concerns);
        for (C concern : concerns.getEnumConstants()) {
            silentUntil.put(concern, new AtomicLong(nanos.getAsLong()));
        }
        this.unexpectedSilentUntil = new AtomicLong(nanos.getAsLong());
    }

    /** Something fails. */
    public void begin(C concern, Cause cause) {
        now.put(concern, cause);
        if (isDue(Objects.requireNonNull(silentUntil.get(concern)))) {
            logged.add(concern);
            log.warn("{} ({}): {}", store, concern, cause.words());
        }
    }

    /** Something works again. */
    public void end(C concern) {
        if (now.remove(concern) != null && logged.remove(concern)) {
            log.info("{} ({}): works again", store, concern);
        }
    }

    /** Logs an unexpected failure: at most one line a minute. */
    public void unexpected(String task, Throwable failure) {
        if (isDue(unexpectedSilentUntil)) {
            log.error("{}: {} failed: {}", store, task, failure.getClass().getName());
        }
    }

    private boolean isDue(AtomicLong silence) {
        long until = silence.get();
        long time = nanos.getAsLong();
        return until - time <= 0 && silence.compareAndSet(until, time + MINUTE);
    }

    /** Why the most serious of what fails now does; empty if nothing does. */
    public Optional<String> mostSerious() {
        return mostSerious(concern -> true);
    }

    /** The same among some concerns. */
    public Optional<String> mostSerious(Predicate<C> concerns) {
        return silentUntil.keySet().stream()
                .filter(concerns)
                .filter(now::containsKey)
                .findFirst()
                .map(now::get)
                .map(Cause::words);
    }
}

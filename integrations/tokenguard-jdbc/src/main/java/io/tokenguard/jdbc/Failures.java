package io.tokenguard.jdbc;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What fails now, and the alarm about it: at most one line a minute and concern. Thread-safe, without locks. */
final class Failures {
    private static final Logger LOG = LoggerFactory.getLogger(JdbcState.class);
    private static final long MINUTE = 60_000_000_000L;

    private final Map<Concern, Failure> now = new ConcurrentHashMap<>();
    private final Set<Concern> logged = ConcurrentHashMap.newKeySet();
    private final Map<Concern, AtomicLong> silentUntil = new EnumMap<>(Concern.class);
    private final AtomicLong unexpectedSilentUntil = new AtomicLong(System.nanoTime());

    /** What can fail by itself, the most serious first. */
    enum Concern {
        CONNECTION("connection"),
        PROOFS("used proofs"),
        READING("reading revocations"),
        PUBLISHING("writing revocations"),
        ROWS("content of the revocation table"),
        SECRET("nonce secret"),
        CLEANUP("deletion of expired rows"),
        /** No decision depends on them: not shown as the state of revocations. */
        ROLL_UPS("counts of the console");

        private final String words;

        Concern(String words) {
            this.words = words;
        }
    }

    Failures() {
        for (Concern concern : Concern.values()) {
            silentUntil.put(concern, new AtomicLong(System.nanoTime()));
        }
    }

    void begin(Concern concern, Failure failure) {
        now.put(concern, failure);
        if (isDue(concern)) {
            logged.add(concern);
            LOG.warn("State in the database ({}): {}", concern.words, failure.words());
        }
    }

    void end(Concern concern) {
        if (now.remove(concern) != null && logged.remove(concern)) {
            LOG.info("State in the database ({}): works again", concern.words);
        }
    }

    /** Logs an unexpected failure: at most one line a minute. */
    void unexpected(String task, Throwable failure) {
        if (isDue(unexpectedSilentUntil)) {
            LOG.error(
                    "State in the database: {} failed: {}",
                    task,
                    failure.getClass().getName());
        }
    }

    private boolean isDue(Concern concern) {
        return isDue(Objects.requireNonNull(silentUntil.get(concern)));
    }

    private static boolean isDue(AtomicLong silence) {
        long until = silence.get();
        long time = System.nanoTime();
        return until - time <= 0 && silence.compareAndSet(until, time + MINUTE);
    }

    /** What concerns decisions. */
    Optional<String> gravest() {
        for (Concern concern : Concern.values()) {
            Failure failure = now.get(concern);
            if (failure != null && concern != Concern.ROLL_UPS) {
                return Optional.of(failure.words());
            }
        }
        return Optional.empty();
    }
}

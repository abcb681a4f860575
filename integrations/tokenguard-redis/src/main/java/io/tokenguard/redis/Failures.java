package io.tokenguard.redis;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is wrong now, and the alarm about it: one line a minute and concern at most. Thread-safe, without locks. */
final class Failures {
    private static final Logger LOG = LoggerFactory.getLogger(RedisState.class);
    private static final long MINUTE = 60_000_000_000L;

    private final Map<Concern, Failure> now = new ConcurrentHashMap<>();
    private final Set<Concern> told = ConcurrentHashMap.newKeySet();
    private final Map<Concern, AtomicLong> silentUntil = new EnumMap<>(Concern.class);
    private final AtomicLong unexpectedSilentUntil = new AtomicLong(System.nanoTime());

    /** What can go wrong by itself, the gravest first. */
    enum Concern {
        LINK,
        WRITING,
        READING,
        PUBLISHING,
        ENTRIES,
        SECRET
    }

    Failures() {
        for (Concern concern : Concern.values()) {
            silentUntil.put(concern, new AtomicLong(System.nanoTime()));
        }
    }

    void begin(Concern concern, Failure trouble) {
        now.put(concern, trouble);
        if (isDue(concern)) {
            told.add(concern);
            LOG.warn("Shared state: {}", trouble.words());
        }
    }

    void end(Concern concern) {
        if (now.remove(concern) != null && told.remove(concern)) {
            LOG.info("Shared state: {} is in order again", concern);
        }
    }

    /** Logs an unexpected failure: at most one line a minute. */
    void unexpected(String task, Throwable failure) {
        if (isDue(unexpectedSilentUntil)) {
            LOG.error("Shared state: {} failed: {}", task, failure.getClass().getName());
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

    Optional<String> gravest() {
        for (Concern concern : Concern.values()) {
            Failure trouble = now.get(concern);
            if (trouble != null) {
                return Optional.of(trouble.words());
            }
        }
        return Optional.empty();
    }
}

package io.tokenguard.redis;

import io.tokenguard.internal.store.FailureLog;
import java.util.Optional;
import org.slf4j.LoggerFactory;

/** What fails now, and the alarm about it. Thread-safe, without locks. */
final class Failures {
    private final FailureLog<Concern> log = new FailureLog<>(
            LoggerFactory.getLogger(RedisState.class), "State in Redis", Concern.class, System::nanoTime);

    /** What can fail by itself, the most serious first. */
    enum Concern {
        LINK("connection"),
        WRITING("writing"),
        READING("reading revocations"),
        PUBLISHING("writing revocations"),
        ENTRIES("content of the revocation stream"),
        SECRET("nonce secret"),
        /** Not shown as the state of revocations, and neither is the next. */
        LIMITS("rate limits"),
        WRITES("writes that happen once");

        private final String words;

        Concern(String words) {
            this.words = words;
        }

        @Override
        public String toString() {
            return words;
        }
    }

    void begin(Concern concern, Failure failure) {
        log.begin(concern, failure);
    }

    void end(Concern concern) {
        log.end(concern);
    }

    /** Logs an unexpected failure: at most one line a minute. */
    void unexpected(String task, Throwable failure) {
        log.unexpected(task, failure);
    }

    /** The most serious of what concerns revocations and proofs. */
    Optional<String> mostSerious() {
        return log.mostSerious(concern -> concern.compareTo(Concern.LIMITS) < 0);
    }
}

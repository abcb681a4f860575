package io.tokenguard.jdbc;

import io.tokenguard.internal.store.FailureLog;
import java.util.Optional;
import org.slf4j.LoggerFactory;

/** What fails now, and the alarm about it. Thread-safe, without locks. */
final class Failures {
    private final FailureLog<Concern> log = new FailureLog<>(
            LoggerFactory.getLogger(JdbcState.class), "State in the database", Concern.class, System::nanoTime);

    /** What can fail by itself, the most serious first. */
    enum Concern {
        CONNECTION("connection"),
        PROOFS("used proofs"),
        READING("reading revocations"),
        PUBLISHING("writing revocations"),
        ROWS("content of the revocation table"),
        SECRET("nonce secret"),
        CLEANUP("deletion of expired rows"),
        /** Not shown as the state of revocations, and neither are the next. */
        LIMITS("rate limits"),
        WRITES("writes that happen once"),
        /** No decision depends on them. */
        ROLL_UPS("counts of the console");

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

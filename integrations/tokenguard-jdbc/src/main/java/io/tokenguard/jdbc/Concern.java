package io.tokenguard.jdbc;

import io.tokenguard.internal.store.FailureLog;
import org.slf4j.LoggerFactory;

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

    /** Nothing fails. */
    static FailureLog<Concern> log() {
        return new FailureLog<>(
                LoggerFactory.getLogger(JdbcState.class), "State in the database", Concern.class, System::nanoTime);
    }

    /** Whether it is about revocations and proofs. */
    boolean isOfRevocations() {
        return compareTo(LIMITS) < 0;
    }

    @Override
    public String toString() {
        return words;
    }
}

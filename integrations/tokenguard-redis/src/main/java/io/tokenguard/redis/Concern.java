package io.tokenguard.redis;

import io.tokenguard.internal.store.FailureLog;
import org.slf4j.LoggerFactory;

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

    /** Nothing fails. */
    static FailureLog<Concern> log() {
        return new FailureLog<>(
                LoggerFactory.getLogger(RedisState.class), "State in Redis", Concern.class, System::nanoTime);
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

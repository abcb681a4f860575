package io.tokenguard.gateway;

import io.tokenguard.internal.limits.Limiter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs that the store that counts requests does not answer, at most once in ten seconds. Thread-safe. */
final class StoreAlarm {
    private static final Logger LOG = LoggerFactory.getLogger("io.tokenguard.gateway.Limits");

    private final AlarmPause pause;
    private final AlarmPause pauseOfUnexpected;
    private final boolean failsOpen;

    StoreAlarm(Limiter.Terms terms) {
        pause = new AlarmPause(terms.nanoTime());
        pauseOfUnexpected = new AlarmPause(terms.nanoTime());
        failsOpen = terms.sharing().failsOpen();
    }

    void raise() {
        if (pause.isOver()) {
            LOG.error(
                    "The store that counts the requests of all nodes does not answer. {}",
                    failsOpen
                            ? "Each node counts its own requests until it does: tokenguard.limit-outage is fail-open"
                            : "Requests under a limit get 503 until it does: tokenguard.limit-outage is fail-closed");
        }
    }

    /** The store failed in another way than it may. Its message is not shown: it may contain anything. */
    void unexpected(RuntimeException failure) {
        if (pauseOfUnexpected.isOver()) {
            LOG.error(
                    "The store that counts requests failed with {}",
                    failure.getClass().getName());
        }
    }
}

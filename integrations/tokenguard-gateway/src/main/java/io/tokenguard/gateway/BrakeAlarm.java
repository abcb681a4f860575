package io.tokenguard.gateway;

import io.tokenguard.internal.limits.BrakeSettings;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs that a network is braked, at most once in ten seconds. Thread-safe. */
final class BrakeAlarm {
    private static final Logger LOG = LoggerFactory.getLogger("io.tokenguard.gateway.Brake");
    private static final long PAUSE = TimeUnit.SECONDS.toNanos(10);

    private final BrakeSettings settings;
    private final LongSupplier nanoTime;
    private final AtomicLong next;

    BrakeAlarm(BrakeSettings settings, LongSupplier nanoTime) {
        this.settings = settings;
        this.nanoTime = nanoTime;
        this.next = new AtomicLong(nanoTime.getAsLong());
    }

    void raise(Network network) {
        long now = nanoTime.getAsLong();
        long due = next.get();
        if (now - due >= 0 && next.compareAndSet(due, now + PAUSE)) {
            LOG.warn(
                    "The network {} sent more than {} bad tokens in a minute. {} If this is the network of your own proxy, set"
                            + " tokenguard.trusted-proxies to its address",
                    network,
                    settings.maxFailures(),
                    settings.mode() == BrakeSettings.Mode.ON
                            ? "Its bad tokens get 429, and " + settings.newTokens()
                                    + " new tokens a second are verified."
                            : "tokenguard.brake.mode is report-only: nothing is refused for that.");
        }
    }
}

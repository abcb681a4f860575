package io.tokenguard.gateway;

import io.tokenguard.internal.limits.BrakeSettings;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs that a network is braked, at most once in ten seconds. Thread-safe. */
final class BrakeAlarm {
    private static final Logger LOG = LoggerFactory.getLogger("io.tokenguard.gateway.Brake");

    private final BrakeSettings settings;
    private final AlarmPause pause;

    BrakeAlarm(BrakeSettings settings, LongSupplier nanoTime) {
        this.settings = settings;
        this.pause = new AlarmPause(nanoTime);
    }

    void raise(Network network) {
        if (pause.isOver()) {
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

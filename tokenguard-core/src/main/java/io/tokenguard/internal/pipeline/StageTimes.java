package io.tokenguard.internal.pipeline;

import io.tokenguard.access.RefusalReason.Stage;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/** How long the stages of one decision take. For one thread. */
final class StageTimes {
    private final Map<Stage, Duration> times = new EnumMap<>(Stage.class);
    private long last = System.nanoTime();

    /** A stage has ended; it began at the end of the one before. */
    void ended(Stage stage) {
        long now = System.nanoTime();
        times.merge(stage, Duration.ofNanos(now - last), Duration::plus);
        last = now;
    }

    Map<Stage, Duration> times() {
        return times;
    }
}

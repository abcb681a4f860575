package io.tokenguard.micrometer;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/**
 * Registers meters that read a snapshot. To register a meter again changes nothing.
 *
 * @param registry the registry
 * @param common tags of every meter
 */
record Meters(MeterRegistry registry, Iterable<Tag> common) {
    /** The registry's time, in nanoseconds. */
    long now() {
        return registry.config().clock().monotonicTime();
    }

    void counter(Meter meter, BoundGuard source, ToDoubleFunction<BoundGuard> value) {
        FunctionCounter unused = FunctionCounter.builder(meter.name(), source, value)
                .description(meter.description())
                .tags(all(meter))
                .register(registry);
    }

    /** Also keeps the source alive as long as the registry: the other meters refer to it weakly. */
    void gauge(Meter meter, BoundGuard source, ToDoubleFunction<BoundGuard> value) {
        Gauge unused = Gauge.builder(meter.name(), source, value)
                .description(meter.description())
                .tags(all(meter))
                .baseUnit(meter.unit())
                .strongReference(true)
                .register(registry);
    }

    void timer(
            Meter meter, BoundGuard source, ToLongFunction<BoundGuard> count, ToDoubleFunction<BoundGuard> totalNanos) {
        FunctionTimer unused = FunctionTimer.builder(meter.name(), source, count, totalNanos, TimeUnit.NANOSECONDS)
                .description(meter.description())
                .tags(all(meter))
                .register(registry);
    }

    private Tags all(Meter meter) {
        return Tags.concat(common, meter.tags());
    }
}

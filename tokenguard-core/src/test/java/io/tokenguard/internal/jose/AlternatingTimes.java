package io.tokenguard.internal.jose;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BooleanSupplier;

/**
 * Measures several operations in alternating rounds, each round in another order, so that what slows the machine for a while slows
 * all of them. Counts the processor time of this thread, not the time of day.
 */
final class AlternatingTimes {
    private static final int WARM_UP_ROUNDS = 10;

    private final Random random = new Random(1);
    private final Map<String, BooleanSupplier> operations = new LinkedHashMap<>();
    private final Map<String, double[]> times = new LinkedHashMap<>();
    private final int rounds;
    private final long roundNanos;

    /**
     * @param rounds how often each operation is measured
     * @param roundNanos the least processor time of a round of one operation, in nanoseconds
     */
    AlternatingTimes(int rounds, long roundNanos) {
        this.rounds = rounds;
        this.roundNanos = roundNanos;
    }

    /** Adds an operation, which has to return true each time. */
    void add(String name, BooleanSupplier operation) {
        operations.put(name, operation);
        times.put(name, new double[rounds]);
    }

    void measure() {
        List<String> names = new ArrayList<>(operations.keySet());
        for (int round = -WARM_UP_ROUNDS; round < rounds; round++) {
            Collections.shuffle(names, random);
            for (String name : names) {
                double time = microseconds(name);
                if (round >= 0) {
                    times.get(name)[round] = time;
                }
            }
        }
        times.values().forEach(Arrays::sort);
    }

    private double microseconds(String name) {
        BooleanSupplier operation = operations.get(name);
        long start = now();
        long end = start;
        int count = 0;
        while (end - start < roundNanos) {
            if (!operation.getAsBoolean()) {
                throw new IllegalStateException(name);
            }
            count++;
            end = now();
        }
        return (end - start) / 1e3 / count;
    }

    private static long now() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    List<String> names() {
        return List.copyOf(operations.keySet());
    }

    /** In microseconds. */
    double least(String name) {
        return times.get(name)[0];
    }

    /** A part of the rounds is below it: 0.5 for the median. In microseconds. */
    double quantile(String name, double part) {
        return times.get(name)[(int) (part * rounds)];
    }
}

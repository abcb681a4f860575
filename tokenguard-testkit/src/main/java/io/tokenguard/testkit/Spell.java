package io.tokenguard.testkit;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A fault in force: how many requests it still affects, and the signal that ends it. Thread-safe. */
final class Spell {
    private static final int UNLIMITED = -1;

    private final Fault fault;
    private final AtomicInteger left;
    private final CountDownLatch ended = new CountDownLatch(1);

    private Spell(Fault fault, int times) {
        this.fault = fault;
        this.left = new AtomicInteger(times);
    }

    static Spell lasting(Fault fault) {
        return new Spell(fault, UNLIMITED);
    }

    static Spell times(int times, Fault fault) {
        if (times <= 0) {
            throw new IllegalArgumentException("A fault can't happen " + times + " times");
        }
        return new Spell(fault, times);
    }

    Fault fault() {
        return fault;
    }

    /** Uses one of the remaining times; false if none remain. */
    boolean strikes() {
        return left.getAndUpdate(n -> n > 0 ? n - 1 : n) != 0;
    }

    void end() {
        ended.countDown();
    }

    boolean hasEnded() {
        return ended.getCount() == 0;
    }

    void awaitEnd() throws InterruptedException {
        ended.await();
    }

    /** True if the spell has ended by then. */
    boolean awaitEnd(Duration atMost) throws InterruptedException {
        return ended.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
    }
}

package io.tokenguard.internal.assembly;

import io.tokenguard.access.GuardHealth.AdapterHealth;
import io.tokenguard.access.GuardHealth.AdapterState;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The adapters that were built for a guard, and whether a runtime has started them. One entry per adapter. Thread-safe. */
final class ExpectedAdapters {
    private static final Logger LOG = LoggerFactory.getLogger("io.tokenguard.TokenGuard");
    private static final int GRACE_SECONDS = 10;

    /**
     * One adapter.
     *
     * @param name the adapter's name
     * @param remedy what to do if no runtime starts it
     * @param isActive whether a runtime has started it
     * @param isOverdue whether no runtime had started it at the end of the grace period
     */
    private record Expected(String name, String remedy, AtomicBoolean isActive, AtomicBoolean isOverdue) {
        AdapterState state() {
            if (isActive.get()) {
                return AdapterState.ACTIVE;
            }
            return isOverdue.get() ? AdapterState.INACTIVE : AdapterState.WAITING;
        }
    }

    private final List<Expected> all = new CopyOnWriteArrayList<>();
    private final Executor afterGrace;
    private volatile boolean isClosed;

    /**
     * No adapters yet.
     *
     * @param afterGrace runs a task at the end of the grace period
     */
    ExpectedAdapters(Executor afterGrace) {
        this.afterGrace = afterGrace;
    }

    /** With a grace period of ten seconds. */
    static ExpectedAdapters timed() {
        return new ExpectedAdapters(CompletableFuture.delayedExecutor(GRACE_SECONDS, TimeUnit.SECONDS));
    }

    Runnable expect(String name, String remedy) {
        Expected expected = new Expected(name, remedy, new AtomicBoolean(), new AtomicBoolean());
        all.add(expected);
        afterGrace.execute(() -> check(expected));
        return () -> activate(expected);
    }

    private void check(Expected expected) {
        if (!isClosed && !expected.isActive.get()) {
            expected.isOverdue.set(true);
            LOG.error(
                    "{} was built and no runtime has started it: it guards nothing, and requests may be served without"
                            + " a token. {}",
                    expected.name,
                    expected.remedy);
        }
    }

    private static void activate(Expected expected) {
        if (!expected.isActive.getAndSet(true) && expected.isOverdue.get()) {
            LOG.info("{} was started after all: it guards requests from now on", expected.name);
        }
    }

    /**
     * The current state of each adapter.
     *
     * @param areRequired whether the guard is ready only while each is active
     */
    List<AdapterHealth> health(boolean areRequired) {
        return all.stream()
                .map(expected -> new AdapterHealth(expected.name, expected.state(), areRequired))
                .toList();
    }

    /** Stops logging. */
    void close() {
        isClosed = true;
    }
}

package io.tokenguard.internal.store;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Maps for which a test can run something before one of their calls, as another thread could. Not thread-safe. */
final class InterruptedMap {
    private int callsBefore;
    private Optional<Runnable> other = Optional.empty();

    /** Runs something once, before the call after so many others, or before the next map is made. */
    void before(int calls, Runnable task) {
        callsBefore = calls;
        other = Optional.of(task);
    }

    /** Whether what was to run before a call has run. */
    boolean hasRun() {
        return other.isEmpty();
    }

    /** A new map. To make one counts as a call. */
    @SuppressWarnings("unchecked") // the interface is that of the map
    ConcurrentMap<String, Boolean> newMap() {
        beforeCall();
        ConcurrentMap<String, Boolean> map = new ConcurrentHashMap<>();
        return (ConcurrentMap<String, Boolean>) Proxy.newProxyInstance(
                InterruptedMap.class.getClassLoader(),
                new Class<?>[] {ConcurrentMap.class},
                (proxy, method, arguments) -> {
                    beforeCall();
                    try {
                        return method.invoke(map, arguments);
                    } catch (InvocationTargetException failure) {
                        throw failure.getCause();
                    }
                });
    }

    private void beforeCall() {
        if (!hasRun() && callsBefore-- == 0) {
            Runnable task = other.orElseThrow();
            other = Optional.empty();
            task.run();
        }
    }
}

package io.tokenguard.internal.pipeline;

import io.tokenguard.access.GuardHealth;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.internal.audit.FailureLog;
import io.tokenguard.spi.GuardObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The observers of one configuration. Nothing that they throw leaves this class. Thread-safe. */
public final class Observers {
    private final FailureLog failures;
    private volatile Groups groups;

    private Observers(List<GuardObserver> all, FailureLog failures) {
        this.groups = Groups.of(all);
        this.failures = failures;
    }

    /**
     * Observers; each gets the events whose methods it overrides.
     *
     * @param failures logs what they throw
     */
    public static Observers of(List<GuardObserver> all, FailureLog failures) {
        return new Observers(all, failures);
    }

    /**
     * Observers by what they observe.
     *
     * @param all all of them
     * @param ofGrants those that observe grants
     * @param ofBeginnings those that observe the beginning of decisions
     */
    private record Groups(List<GuardObserver> all, List<GuardObserver> ofGrants, List<GuardObserver> ofBeginnings) {
        static Groups of(List<GuardObserver> all) {
            return new Groups(
                    List.copyOf(all),
                    all.stream()
                            .filter(observer -> overrides(observer, "granted", GuardObserver.Grant.class))
                            .toList(),
                    all.stream()
                            .filter(observer -> overrides(observer, "deciding", IncomingRequest.class))
                            .toList());
        }
    }

    /** Adds one, after all others. */
    public synchronized void add(GuardObserver observer) {
        groups = Groups.of(
                Stream.concat(groups.all.stream(), Stream.of(observer)).toList());
    }

    /** Removes one. */
    public synchronized void remove(GuardObserver observer) {
        groups = Groups.of(
                groups.all.stream().filter(known -> !known.equals(observer)).toList());
    }

    /** Whether one of them observes the state of the guard. */
    public boolean watchState() {
        return groups.all.stream().anyMatch(observer -> overrides(observer, "stateChanged", GuardHealth.class));
    }

    List<GuardObserver> ofGrants() {
        return groups.ofGrants;
    }

    List<GuardObserver> ofBeginnings() {
        return groups.ofBeginnings;
    }

    /**
     * Whether an observer overrides a method with a default that does nothing. True if that can't be found out, such as in a
     * native image without reflection.
     */
    private static boolean overrides(GuardObserver observer, String method, Class<?> parameter) {
        try {
            return !observer.getClass()
                    .getMethod(method, parameter)
                    .getDeclaringClass()
                    .equals(GuardObserver.class);
        } catch (NoSuchMethodException | SecurityException | LinkageError unknown) {
            return true;
        }
    }

    void tell(Consumer<GuardObserver> event) {
        tell(groups.all, event);
    }

    void tellOfGrant(Consumer<GuardObserver> event) {
        tell(groups.ofGrants, event);
    }

    private void tell(List<GuardObserver> observers, Consumer<GuardObserver> event) {
        for (GuardObserver observer : observers) {
            safely(() -> event.accept(observer));
        }
    }

    /** What is to be called at the end of a decision. */
    List<Consumer<GuardObserver.Outcome>> begin(IncomingRequest request) {
        List<Consumer<GuardObserver.Outcome>> ends = new ArrayList<>();
        for (GuardObserver observer : groups.ofBeginnings) {
            safely(() -> observer.deciding(request).ifPresent(ends::add));
        }
        return ends;
    }

    /** In reverse order, as nested scopes close. */
    void end(List<Consumer<GuardObserver.Outcome>> ends, GuardObserver.Outcome outcome) {
        for (int i = ends.size() - 1; i >= 0; i--) {
            Consumer<GuardObserver.Outcome> end = ends.get(i);
            safely(() -> end.accept(outcome));
        }
    }

    /** Everything: other languages throw checked exceptions without declaring them, and a failed assertion is an error. */
    private void safely(Runnable call) {
        try {
            call.run();
        } catch (Throwable failure) {
            failures.observerFailed(failure);
        }
    }
}

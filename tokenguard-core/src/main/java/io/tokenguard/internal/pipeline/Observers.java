package io.tokenguard.internal.pipeline;

import io.tokenguard.access.IncomingRequest;
import io.tokenguard.internal.audit.FailureLog;
import io.tokenguard.spi.GuardObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The observers of one configuration. Nothing that they throw leaves this class. Thread-safe.
 *
 * @param all all of them
 * @param ofGrants those that observe grants
 * @param ofBeginnings those that observe the beginning of decisions
 * @param failures logs what they throw
 */
public record Observers(
        List<GuardObserver> all, List<GuardObserver> ofGrants, List<GuardObserver> ofBeginnings, FailureLog failures) {
    /** Observers; each gets the events whose methods it overrides. */
    public static Observers of(List<GuardObserver> all, FailureLog failures) {
        return new Observers(
                List.copyOf(all),
                all.stream()
                        .filter(observer -> overrides(observer, "granted", GuardObserver.Grant.class))
                        .toList(),
                all.stream()
                        .filter(observer -> overrides(observer, "deciding", IncomingRequest.class))
                        .toList(),
                failures);
    }

    /**
     * Whether an observer overrides a method with a default that does nothing. True if that can't be found out, such as in a
     * native image without reflection.
     */
    public static boolean overrides(GuardObserver observer, String method, Class<?> parameter) {
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
        tell(all, event);
    }

    void tellOfGrant(Consumer<GuardObserver> event) {
        tell(ofGrants, event);
    }

    private void tell(List<GuardObserver> observers, Consumer<GuardObserver> event) {
        for (GuardObserver observer : observers) {
            safely(() -> event.accept(observer));
        }
    }

    /** What is to be called at the end of a decision. */
    List<Consumer<GuardObserver.Outcome>> begin(IncomingRequest request) {
        List<Consumer<GuardObserver.Outcome>> ends = new ArrayList<>();
        for (GuardObserver observer : ofBeginnings) {
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

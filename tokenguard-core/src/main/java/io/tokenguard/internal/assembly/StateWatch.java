package io.tokenguard.internal.assembly;

import io.tokenguard.access.GuardHealth;
import io.tokenguard.internal.pipeline.BackgroundEvents;
import io.tokenguard.internal.pipeline.ObserverNotifier;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Looks once a second whether the state of a guard has changed, and notifies observers. For one thread. */
final class StateWatch {
    private final Supplier<GuardHealth> health;
    private final BackgroundEvents events;
    private List<String> last;

    private StateWatch(Supplier<GuardHealth> health, BackgroundEvents events) {
        this.health = health;
        this.events = events;
        this.last = states(health.get());
    }

    /** Starts to look, if an observer of the guard wants to know. Ends with the guard's timer. */
    static void start(AssembledGuard guard, Supplier<GuardHealth> health) {
        ObserverNotifier notifier = guard.pipeline().reporter().notifier();
        if (!notifier.observers().watchState()) {
            return;
        }
        StateWatch watch = new StateWatch(health, notifier.events());
        try {
            Future<?> unused =
                    guard.parts().workers().timer().scheduleWithFixedDelay(watch::look, 1, 1, TimeUnit.SECONDS);
        } catch (RejectedExecutionException closed) {
            // A closed guard changes its state no more.
        }
    }

    private void look() {
        GuardHealth now = health.get();
        List<String> states = states(now);
        if (!states.equals(last)) {
            last = states;
            events.tell(observer -> observer.stateChanged(now));
        }
    }

    /** The states without times and counts, which change all the time. */
    private static List<String> states(GuardHealth health) {
        return Stream.of(
                        Stream.of(
                                "revocation " + health.revocation().state(),
                                "trouble " + health.revocation().trouble()),
                        health.issuers().stream().map(keys -> keys.issuer() + " " + keys.state()),
                        health.introspection().stream().map(calls -> calls.issuer() + " " + calls.isServing()),
                        health.adapters().stream().map(adapter -> adapter.adapter() + " " + adapter.state()))
                .flatMap(states -> states)
                .toList();
    }
}

package io.tokenguard.testkit;

import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * How one endpoint of a {@link TestIssuer} answers: honestly, until a fault is set. Thread-safe.
 *
 * <p>At most one fault is in force. When it is healed or replaced, requests that it still delays are completed: a delayed or
 * hanging one is answered honestly at once, a dripping or endless body ends.
 */
public final class EndpointBehaviour {
    private final AtomicReference<@Nullable Spell> inForce = new AtomicReference<>();

    EndpointBehaviour() {}

    /** Answers every request with this fault from now on. */
    public EndpointBehaviour answer(Fault fault) {
        return replaceBy(Spell.lasting(Objects.requireNonNull(fault, "fault")));
    }

    /**
     * Answers this number of requests with the fault, and honestly after that.
     *
     * @throws IllegalArgumentException if the number is not positive
     */
    public EndpointBehaviour answerTimes(int times, Fault fault) {
        return replaceBy(Spell.times(times, Objects.requireNonNull(fault, "fault")));
    }

    /** Answers honestly from now on. */
    public EndpointBehaviour heal() {
        return replaceBy(null);
    }

    /** The fault for the next request. */
    Optional<Spell> strike() {
        return Optional.ofNullable(inForce.get()).filter(Spell::strikes);
    }

    private EndpointBehaviour replaceBy(@Nullable Spell next) {
        Spell former = inForce.getAndSet(next);
        if (former != null) {
            former.end();
        }
        return this;
    }
}

package io.tokenguard.testkit;

import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * How one endpoint of a {@link TestIssuer} answers: honestly, until told otherwise. Safe for use by any thread.
 *
 * <p>At most one fault is in force. When it is healed or replaced, requests that it still holds back are let go: a
 * delayed or hanging one is answered honestly at once, a dripping or endless body comes to its end.
 */
public final class EndpointBehaviour {
    private final AtomicReference<@Nullable Spell> inForce = new AtomicReference<>();

    EndpointBehaviour() {}

    /** Spoils every request from now on. */
    public EndpointBehaviour answer(Fault fault) {
        return replaceBy(Spell.lasting(Objects.requireNonNull(fault, "fault")));
    }

    /**
     * Spoils so many requests and answers honestly after that.
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

    /** The fault that the next request suffers. */
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

package io.tokenguard.internal.store;

import java.time.Duration;
import java.time.Instant;

/**
 * Which uses of proofs a store may have lost. Immutable.
 *
 * @param since the start of the epoch: proofs made before may have been used and lost
 * @param until the last moment at which a use may have been lost; {@link Instant#MIN} if no loss is known
 */
public record Losses(Instant since, Instant until) {
    /** Nothing is lost. */
    public static final Losses NONE = new Losses(Instant.MIN, Instant.MIN);

    /** A moment that is further ahead was read from a wrong clock, on this node or another one. */
    private static final Duration FURTHEST_AHEAD = Duration.ofSeconds(5);

    /** Whether a moment can have been read from a clock that is right, or nearly so. */
    public static boolean isBelievable(Instant moment, Instant now) {
        return moment.isBefore(now.plus(FURTHEST_AHEAD));
    }

    /** The same for an epoch that began at a moment, unless a later one is known. */
    public Losses begun(Instant moment) {
        return moment.isAfter(since) ? new Losses(moment, until) : this;
    }

    /** The same if uses up to a moment may have been lost. */
    public Losses lost(Instant moment) {
        return moment.isAfter(until) ? new Losses(since, moment) : this;
    }

    /**
     * The same, with now for a moment that lies ahead because the clock was set back: proofs would be refused until the clock
     * gets there. The uses that may be lost were before now.
     */
    public Losses notAfter(Instant now) {
        return new Losses(isBelievable(since, now) ? since : now, isBelievable(until, now) ? until : now);
    }

    /** Whether a proof that was made at a moment may have been used and lost. */
    public boolean mayInclude(Instant madeAt) {
        return madeAt.isBefore(since);
    }
}

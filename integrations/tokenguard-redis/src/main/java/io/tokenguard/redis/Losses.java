package io.tokenguard.redis;

import java.time.Duration;
import java.time.Instant;

/**
 * Which uses of proofs the server may have lost. Immutable.
 *
 * @param since the start of the epoch: proofs made before may have been used and lost
 * @param until the last moment at which a use may have been lost; {@link Instant#MIN} if no loss is known
 */
record Losses(Instant since, Instant until) {
    static final Losses NONE = new Losses(Instant.MIN, Instant.MIN);

    /** A moment that is further ahead was read from a wrong clock, on this node or another one. */
    private static final Duration FURTHEST_AHEAD = Duration.ofSeconds(5);

    static boolean isBelievable(Instant moment, Instant now) {
        return moment.isBefore(now.plus(FURTHEST_AHEAD));
    }

    /** The same for an epoch that began at a moment, unless a later one is known. */
    Losses begun(Instant moment) {
        return moment.isAfter(since) ? new Losses(moment, until) : this;
    }

    /** The same if uses up to a moment may have been lost. */
    Losses lost(Instant moment) {
        return moment.isAfter(until) ? new Losses(since, moment) : this;
    }

    /**
     * The same, with now for a moment that lies ahead because the clock was set back: proofs would be refused until the clock
     * gets there. The uses that may be lost were before now.
     */
    Losses notAfter(Instant now) {
        return new Losses(isBelievable(since, now) ? since : now, isBelievable(until, now) ? until : now);
    }

    /** Whether a proof that was made at a moment may have been used and lost. */
    boolean mayInclude(Instant madeAt) {
        return madeAt.isBefore(since);
    }
}

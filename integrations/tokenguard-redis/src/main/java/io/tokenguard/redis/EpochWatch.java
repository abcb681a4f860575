package io.tokenguard.redis;

import io.lettuce.core.RedisException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Sees whether the server has become another one, or has forgotten what was written: replication is asynchronous, so that a
 * replica that takes over may lack what its master acknowledged, and a restart what was not saved. Used by one thread; the
 * moment is read by all.
 */
final class EpochWatch {
    /** A node's clock that is further ahead is not believed, so that nobody can have all proofs refused for long. */
    private static final Duration FURTHEST_AHEAD = Duration.ofSeconds(5);

    private final KeyLayout keys;
    private final Clock clock;
    private String fingerprint = "";
    private volatile Instant since = Instant.MIN;

    EpochWatch(KeyLayout keys, Clock clock) {
        this.keys = keys;
        this.clock = clock;
    }

    /** A proof that was made before may have been used and forgotten. */
    Instant since() {
        return since;
    }

    /** Whether what was written before may have been lost. A new epoch is announced to the other nodes. */
    boolean changes(RedisSession session, HealthProbe pulse) throws InterruptedException {
        Optional<Epoch> stored = Epoch.read(pulse.epoch()).filter(this::isBelievable);
        if (pulse.fingerprint().equals(fingerprint) && stored.isPresent()) {
            raise(stored.get().since());
            return false;
        }
        Optional<Epoch> known = stored.filter(epoch -> epoch.fingerprint().equals(pulse.fingerprint()));
        if (known.isPresent()) {
            raise(known.get().since());
        } else if (!begin(session, new Epoch(pulse.fingerprint(), clock.instant()))) {
            return false;
        }
        fingerprint = pulse.fingerprint();
        return true;
    }

    private boolean isBelievable(Epoch epoch) {
        return epoch.since().isBefore(clock.instant().plus(FURTHEST_AHEAD));
    }

    private boolean begin(RedisSession session, Epoch epoch) throws InterruptedException {
        raise(epoch.since());
        try {
            return Answer.of(session.commands().set(keys.epoch(), epoch.text())) != null;
        } catch (RedisException unwritable) {
            return false;
        }
    }

    private void raise(Instant moment) {
        since = moment.isAfter(since) ? moment : since;
    }
}

package io.tokenguard.redis;

import io.lettuce.core.RedisException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Detects that the server was replaced or has lost data: replication is asynchronous, so a promoted replica may lack what its
 * master acknowledged, and a restarted server what was not saved. Used by one thread; the moment is read by all.
 */
final class EpochWatch {
    /** A node's clock that is further ahead is ignored, so that no node can have all proofs refused for long. */
    private static final Duration FURTHEST_AHEAD = Duration.ofSeconds(5);

    private final KeyLayout keys;
    private final Clock clock;
    private String fingerprint = "";
    private volatile Instant since = Instant.MIN;

    EpochWatch(KeyLayout keys, Clock clock) {
        this.keys = keys;
        this.clock = clock;
    }

    /** A proof made before may have been used and forgotten. */
    Instant since() {
        return since;
    }

    /** Whether earlier writes may have been lost. Announces a new epoch to the other nodes. */
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

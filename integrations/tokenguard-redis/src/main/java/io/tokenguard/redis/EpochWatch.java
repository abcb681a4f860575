package io.tokenguard.redis;

import io.lettuce.core.RedisException;
import io.tokenguard.internal.store.Losses;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/**
 * Detects that the server was replaced or has lost data: replication is asynchronous, so a promoted replica may lack what its
 * master acknowledged, and a restarted server what was not saved. Used by one thread; what may be lost is read by all.
 */
final class EpochWatch {
    private final KeyLayout keys;
    private final Clock clock;
    private String fingerprint = "";
    private Instant contactEnded = Instant.MIN;
    private volatile Losses losses = Losses.NONE;

    EpochWatch(KeyLayout keys, Clock clock) {
        this.keys = keys;
        this.clock = clock;
    }

    /** What may be lost. */
    Losses losses() {
        return losses;
    }

    /** The server no longer answers this node: uses after this moment are not lost, as it took none. */
    void contactEnded() {
        contactEnded = clock.instant();
    }

    /** Whether earlier writes may have been lost. Announces a new epoch to the other nodes. */
    boolean changes(RedisSession session, HealthProbe probe) throws InterruptedException {
        Instant now = clock.instant();
        losses = losses.notAfter(now);
        Optional<Epoch> stored = Epoch.read(probe.epoch());
        Optional<Epoch> believable = stored.filter(epoch -> Losses.isBelievable(epoch.since(), now));
        boolean isSameServer = probe.fingerprint().equals(fingerprint);
        if (!isSameServer || stored.isEmpty()) {
            losses = losses.lost(lastUse(now));
        }
        contactEnded = Instant.MIN;
        if (isSameServer && believable.isPresent()) {
            losses = losses.begun(believable.get().since());
            return false;
        }
        Optional<Epoch> known = believable.filter(epoch -> epoch.fingerprint().equals(probe.fingerprint()));
        if (known.isPresent()) {
            losses = losses.begun(known.get().since());
        } else if (!begin(session, new Epoch(probe.fingerprint(), now))) {
            return false;
        }
        fingerprint = probe.fingerprint();
        return true;
    }

    /** When the server that this node has used may have taken a proof for the last time. Never, for the first server. */
    private Instant lastUse(Instant now) {
        if (fingerprint.isEmpty()) {
            return Instant.MIN;
        }
        return contactEnded.equals(Instant.MIN) ? now : contactEnded;
    }

    private boolean begin(RedisSession session, Epoch epoch) throws InterruptedException {
        losses = losses.begun(epoch.since());
        try {
            return Answer.of(session.commands().set(keys.epoch(), epoch.text())) != null;
        } catch (RedisException unwritable) {
            return false;
        }
    }
}

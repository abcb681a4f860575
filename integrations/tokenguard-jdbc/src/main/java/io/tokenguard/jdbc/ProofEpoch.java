package io.tokenguard.jdbc;

import io.tokenguard.internal.store.Losses;
import io.tokenguard.jdbc.HealthProbe.Epoch;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/**
 * Which uses of proofs the database may have lost, as far as this node knows: a replica that takes over, a restart without the
 * last commits or a restored backup may lack some. Written by one thread, read by all.
 */
final class ProofEpoch {
    private final Tables tables;
    private final Clock clock;
    private boolean isKnown;
    private Instant contactEnded = Instant.MIN;
    private volatile Losses losses = Losses.NONE;

    ProofEpoch(Tables tables, Clock clock) {
        this.tables = tables;
        this.clock = clock;
    }

    /** What may be lost. */
    Losses losses() {
        return losses;
    }

    /** The database no longer answers this node: uses after this moment are not lost, as it took none. */
    void contactEnded() {
        contactEnded = contactEnded.equals(Instant.MIN) ? clock.instant() : contactEnded;
    }

    /** Starts the epoch anew for this node only. */
    void restart() {
        losses = losses.begun(clock.instant());
    }

    /**
     * Compares a server with the one that the nodes used so far. A new epoch is written for the other nodes.
     *
     * @param isLost whether data is known to be lost
     */
    void observe(JdbcSession session, HealthProbe probe, boolean isLost) throws SQLException {
        Instant now = clock.instant();
        losses = losses.notAfter(now);
        Optional<Epoch> current = probe.epoch().filter(epoch -> epoch.server().equals(probe.server()));
        if (isKnown && (isLost || current.isEmpty())) {
            losses = losses.lost(contactEnded.equals(Instant.MIN) ? now : contactEnded);
        }
        isKnown = true;
        contactEnded = Instant.MIN;
        Optional<Epoch> believable = current.filter(epoch -> Losses.isBelievable(epoch.start(), now));
        if (!isLost && believable.isPresent()) {
            losses = losses.begun(believable.get().start());
            return;
        }
        losses = losses.begun(now);
        write(session, probe, now.toEpochMilli());
    }

    private void write(JdbcSession session, HealthProbe probe, long since) throws SQLException {
        if (probe.epoch().isEmpty()) {
            session.insertNew(
                    tables.in("INSERT INTO {state} (name, number, text) VALUES ('epoch', ?, ?)"),
                    since,
                    probe.server());
            return;
        }
        Epoch old = probe.epoch().get();
        session.update(
                tables.in("UPDATE {state} SET number = ?, text = ? WHERE name = 'epoch' AND number = ? AND text = ?"),
                since,
                probe.server(),
                old.since(),
                old.server());
    }
}

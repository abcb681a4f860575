package io.tokenguard.jdbc;

import io.tokenguard.jdbc.HealthProbe.Epoch;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * The time since which the database has lost no data, as far as this node knows. A replica that takes over, a restart without
 * the last commits or a restored backup may lack used proofs. Written by one thread, read by all.
 */
final class ProofEpoch {
    /** A node's clock that is further ahead is ignored, so that no node can have all proofs refused for long. */
    private static final Duration FURTHEST_AHEAD = Duration.ofSeconds(5);

    private final Tables tables;
    private final Clock clock;
    private volatile Instant since = Instant.MIN;

    ProofEpoch(Tables tables, Clock clock) {
        this.tables = tables;
        this.clock = clock;
    }

    /** A proof made before may have been used and forgotten. */
    Instant since() {
        return since;
    }

    /** Starts the epoch anew for this node only. */
    void restart() {
        raise(clock.instant());
    }

    /**
     * Compares a server with the one that the nodes used so far. A new epoch is written for the other nodes.
     *
     * @param isLost whether data is known to be lost
     */
    void observe(JdbcSession session, HealthProbe probe, boolean isLost) throws SQLException {
        if (!isLost
                && probe.epoch().filter(epoch -> isOf(epoch, probe.server())).isPresent()) {
            raise(probe.epoch().get().start());
            return;
        }
        restart();
        if (probe.epoch().isEmpty()) {
            session.insertNew(
                    tables.in("INSERT INTO {state} (name, number, text) VALUES ('epoch', ?, ?)"),
                    since.toEpochMilli(),
                    probe.server());
            return;
        }
        Epoch old = probe.epoch().get();
        session.update(
                tables.in("UPDATE {state} SET number = ?, text = ? WHERE name = 'epoch' AND number = ? AND text = ?"),
                since.toEpochMilli(),
                probe.server(),
                old.since(),
                old.server());
    }

    private boolean isOf(Epoch epoch, String server) {
        return epoch.server().equals(server)
                && epoch.start().isBefore(clock.instant().plus(FURTHEST_AHEAD));
    }

    private void raise(Instant moment) {
        since = moment.isAfter(since) ? moment : since;
    }
}

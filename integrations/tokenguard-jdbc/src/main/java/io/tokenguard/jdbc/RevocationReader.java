package io.tokenguard.jdbc;

import io.tokenguard.access.Revocation;
import io.tokenguard.internal.store.FailureLog;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads revocations from the first, then from where it stopped, and from the first again where rows may be lost. What is
 * read before there is a follower is kept for it. Reads on one thread; the rest is thread-safe.
 */
final class RevocationReader {
    private static final int MOST_UNFOLLOWED = 1_000_000;

    private final RevocationTable table;
    private final WriteBackLog log;
    private final FailureLog<Concern> failures;
    private final Clock clock;
    private final ReentrantLock handover = new ReentrantLock();
    private final List<Revocation> unfollowed = new ArrayList<>();
    private @Nullable Consumer<Revocation> memory;
    private volatile @Nullable Long syncedAt;
    private volatile boolean isFollowed;
    private long position;
    private boolean isRereading;
    private long unreadableUntil;

    RevocationReader(RevocationTable table, WriteBackLog log, FailureLog<Concern> failures, Clock clock) {
        this.table = table;
        this.log = log;
        this.failures = failures;
        this.clock = clock;
    }

    /** Delivers the revocations read so far, and then new ones. */
    void follow(Consumer<Revocation> follower) {
        handover.lock();
        try {
            memory = follower;
            unfollowed.forEach(revocation -> handOn(follower, revocation));
            unfollowed.clear();
            isFollowed = true;
        } finally {
            handover.unlock();
        }
    }

    /** How long ago all rows were read; empty if they never were, or there is no follower. */
    Optional<Duration> sinceSync() {
        Long moment = syncedAt;
        return moment == null || !isFollowed
                ? Optional.empty()
                : Optional.of(Duration.ofNanos(System.nanoTime() - moment));
    }

    /** The number of the last row that was read. */
    long position() {
        return position;
    }

    /** Reads everything again: rows may be lost. */
    void startOver() {
        log.doubt();
        position = 0;
        isRereading = true;
    }

    /** Reads new revocations. */
    void read(JdbcSession session) throws SQLException {
        while (hasRoom()) {
            long asked = System.nanoTime();
            List<RevocationTable.Row> rows = table.after(session, position);
            take(rows);
            if (rows.size() < RevocationTable.PAGE) {
                settle(asked);
                return;
            }
        }
    }

    private boolean hasRoom() {
        handover.lock();
        try {
            return unfollowed.size() < MOST_UNFOLLOWED;
        } finally {
            handover.unlock();
        }
    }

    private void take(List<RevocationTable.Row> rows) {
        if (rows.isEmpty()) {
            return;
        }
        List<Revocation> readable =
                rows.stream().flatMap(row -> row.revocation().stream()).toList();
        log.stored(readable);
        handOn(readable);
        rows.stream().filter(row -> row.revocation().isEmpty()).forEach(this::skip);
        position = rows.get(rows.size() - 1).position();
    }

    private void handOn(List<Revocation> revocations) {
        handover.lock();
        try {
            Consumer<Revocation> follower = memory;
            if (follower == null) {
                unfollowed.addAll(revocations);
            } else {
                revocations.forEach(revocation -> handOn(follower, revocation));
            }
        } finally {
            handover.unlock();
        }
    }

    private void handOn(Consumer<Revocation> follower, Revocation revocation) {
        try {
            follower.accept(revocation);
        } catch (RuntimeException failure) {
            failures.unexpected("adding a revocation", failure);
        }
    }

    /** A row that this version can't read does not keep the others from taking effect. */
    private void skip(RevocationTable.Row row) {
        unreadableUntil = Math.max(unreadableUntil, row.forgetAt());
        failures.begin(Concern.ROWS, Failure.UNREADABLE);
    }

    private void settle(long asked) {
        syncedAt = asked;
        if (isRereading) {
            isRereading = false;
            log.writeAgain();
        }
        if (unreadableUntil != 0 && unreadableUntil < clock.millis()) {
            unreadableUntil = 0;
            failures.end(Concern.ROWS);
        }
    }
}

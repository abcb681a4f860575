package io.tokenguard.jdbc;

import io.tokenguard.spi.SharedState.RequestCountStore.Bucket;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The counted requests, one row for each bucket. A row holds how many requests the bucket held, and when, by the clock of the
 * database. Several requests are counted in one transaction, which locks the rows that they need.
 *
 * @param tables the tables' names
 */
record RequestTable(Tables tables) {
    private static final String SELECT =
            "SELECT held, counted_at, CURRENT_TIMESTAMP FROM {request} WHERE bucket = ? FOR UPDATE";
    private static final String INSERT =
            "INSERT INTO {request} (bucket, held, counted_at, forget_at) VALUES (?, 0, 0, 0)";
    private static final String UPDATE =
            "UPDATE {request} SET held = ?, counted_at = ?, forget_at = ? WHERE bucket = ?";
    private static final double MICROS = 1_000_000.0;
    private static final double MILLIS = 1_000.0;
    private static final long LONGEST_WAIT = 60_000_000;

    /** What a bucket holds now, of which the rows know. */
    private record Held(double requests, long now) {}

    /**
     * Counts requests, one after the other.
     *
     * @return for each request, what its buckets held before
     */
    List<List<Double>> count(JdbcSession session, List<List<Bucket>> requests) throws SQLException {
        return session.inTransaction(() -> {
            Map<String, Bucket> buckets = new TreeMap<>();
            requests.forEach(request -> request.forEach(bucket -> buckets.put(bucket.name(), bucket)));
            Map<String, Held> held = new HashMap<>();
            // All transactions lock rows in the same order, so that none waits for one that waits for it.
            for (Bucket bucket : buckets.values()) {
                held.put(bucket.name(), locked(session, bucket));
            }
            List<List<Double>> answers = new ArrayList<>();
            Map<String, Bucket> changed = new TreeMap<>();
            for (List<Bucket> request : requests) {
                answers.add(counted(request, held, changed));
            }
            for (Bucket bucket : changed.values()) {
                write(session, bucket, heldBy(bucket, held));
            }
            return answers;
        });
    }

    private Held locked(JdbcSession session, Bucket bucket) throws SQLException {
        Held found = select(session, bucket);
        if (found == null) {
            boolean unused = session.insertNew(tables.in(INSERT), bucket.name());
            found = select(session, bucket);
        }
        if (found == null) {
            throw new SQLException("A counted row is missing", "02000");
        }
        return found;
    }

    private @Nullable Held select(JdbcSession session, Bucket bucket) throws SQLException {
        List<Held> found = session.query(
                tables.in(SELECT),
                row -> now(
                        bucket,
                        row.getDouble(1),
                        row.getLong(2),
                        row.getTimestamp(3).toInstant()),
                bucket.name());
        return found.isEmpty() ? null : found.get(0);
    }

    /**
     * The time of a transaction is that of its start, before it waited for the row: what has left the bucket since then may be
     * counted already. A row from long after it was written by a clock that was wrong.
     */
    private static Held now(Bucket bucket, double held, long countedAt, Instant time) {
        long start = time.getEpochSecond() * 1_000_000 + time.getNano() / 1_000;
        long now = countedAt - start > LONGEST_WAIT ? start : Math.max(start, countedAt);
        double elapsed = Math.max(0, now - countedAt) / MICROS;
        return new Held(Math.max(0, held - elapsed * bucket.perSecond()), now);
    }

    private static List<Double> counted(List<Bucket> request, Map<String, Held> held, Map<String, Bucket> changed) {
        List<Double> before =
                request.stream().map(bucket -> heldBy(bucket, held).requests()).toList();
        boolean fits = request.stream()
                .allMatch(bucket ->
                        !bucket.isRequired() || bucket.fits(heldBy(bucket, held).requests()));
        for (Bucket bucket : fits ? request : List.<Bucket>of()) {
            Held known = heldBy(bucket, held);
            if (bucket.fits(known.requests())) {
                held.put(bucket.name(), new Held(known.requests() + bucket.cost(), known.now()));
                changed.put(bucket.name(), bucket);
            }
        }
        return before;
    }

    private static Held heldBy(Bucket bucket, Map<String, Held> held) {
        Held known = held.get(bucket.name());
        if (known == null) {
            throw new IllegalStateException("a row is not locked");
        }
        return known;
    }

    private void write(JdbcSession session, Bucket bucket, Held held) throws SQLException {
        long emptyAt = held.now() / 1_000 + (long) Math.ceil(held.requests() / bucket.perSecond() * MILLIS);
        int unused = session.update(tables.in(UPDATE), held.requests(), held.now(), emptyAt, bucket.name());
    }
}

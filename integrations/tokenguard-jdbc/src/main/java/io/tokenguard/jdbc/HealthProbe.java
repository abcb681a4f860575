package io.tokenguard.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The state that the database reports.
 *
 * @param position the number of the newest revocation
 * @param epoch since when it has lost nothing; empty if the row is missing
 * @param server which process serves
 * @param time its clock
 */
record HealthProbe(long position, Optional<Epoch> epoch, String server, Instant time) {
    private static final String ROWS = " FROM {state} WHERE name IN ('revocation-position', 'epoch')";

    /**
     * Since when a server has lost nothing, as some node saw it.
     *
     * @param server the server's process
     * @param since in milliseconds since 1970
     */
    record Epoch(String server, long since) {
        Instant start() {
            return Instant.ofEpochMilli(since);
        }
    }

    private record Row(String name, long number, String text, String server, Instant time) {}

    /**
     * Takes it.
     *
     * @throws SQLException if the database does not answer, or its rows are missing
     */
    static HealthProbe take(JdbcSession session, Tables tables) throws SQLException {
        String select = "SELECT name, number, text, " + session.dialect().server() + ", CURRENT_TIMESTAMP" + ROWS;
        List<Row> rows = session.query(tables.in(select), HealthProbe::read);
        Row position = row(rows, StateRows.POSITION)
                .orElseThrow(() -> new SQLException("The position row is missing", "42P01"));
        Optional<Epoch> epoch = row(rows, StateRows.EPOCH).map(row -> new Epoch(row.text(), row.number()));
        return new HealthProbe(position.number(), epoch, position.server(), position.time());
    }

    private static Row read(ResultSet row) throws SQLException {
        return new Row(
                row.getString(1),
                row.getLong(2),
                row.getString(3),
                row.getString(4),
                row.getTimestamp(5).toInstant());
    }

    private static Optional<Row> row(List<Row> rows, String name) {
        return rows.stream().filter(row -> row.name().equals(name)).findFirst();
    }
}

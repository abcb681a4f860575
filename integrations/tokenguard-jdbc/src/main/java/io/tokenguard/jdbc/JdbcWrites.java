package io.tokenguard.jdbc;

import io.tokenguard.access.IdempotentWrite;
import io.tokenguard.access.IdempotentWrite.Answer;
import io.tokenguard.access.IdempotentWrite.Receipt;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * Stores the answer to a request that happens once in the application's own transaction, together with its effect: both take
 * effect, or neither. The application's database must contain the tables of the shared state. Immutable.
 */
public final class JdbcWrites {
    static final String FINISH = "UPDATE {idempotent_write} SET answer = ?, forget_at = ?"
            + " WHERE write_key = ? AND owner = ? AND answer IS NULL";

    private final Tables tables;

    private JdbcWrites(Tables tables) {
        this.tables = tables;
    }

    /** For tables with the usual prefix. */
    public static JdbcWrites usual() {
        return withPrefix(Tables.USUAL_PREFIX);
    }

    /**
     * For tables with another prefix, as in {@code tokenguard.state.table-prefix}.
     *
     * @throws io.tokenguard.access.ConfigurationException if it is none
     */
    public static JdbcWrites withPrefix(String prefix) {
        return new JdbcWrites(new Tables(prefix));
    }

    /**
     * Stores the answer. Call it in the transaction of the effect, before the commit.
     *
     * @param connection in the transaction; neither committed nor closed here
     * @param write the request's attribute or property that has the name of {@link IdempotentWrite}
     * @param answer what repetitions of the request get
     * @throws SQLException if it can't be stored, or another attempt has run because the lease has ended: roll back then
     */
    public void store(Connection connection, IdempotentWrite write, Answer answer) throws SQLException {
        Receipt receipt = write.receipt(answer);
        try (PreparedStatement update = connection.prepareStatement(tables.in(FINISH))) {
            update.setString(1, receipt.record());
            update.setLong(2, receipt.forgetAt().toEpochMilli());
            update.setString(3, receipt.key());
            update.setString(4, receipt.owner());
            if (update.executeUpdate() != 1) {
                throw new SQLException("Another attempt at this write has run; roll back this one", "40001");
            }
        }
    }
}

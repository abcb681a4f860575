package io.tokenguard.jdbc;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One connection in auto-commit mode, with a limit to how long an answer is waited for. Used by one thread at a time;
 * {@link #abort} by any.
 */
final class JdbcSession implements AutoCloseable {
    private static final int ALIVE_SECONDS = 1;

    private final Connection connection;
    private final Dialect dialect;
    private final boolean commitsBefore;
    private final int timeoutBefore;

    private JdbcSession(Connection connection, Duration limit) throws SQLException {
        this.connection = connection;
        this.commitsBefore = connection.getAutoCommit();
        this.timeoutBefore = limitAnswers(connection, limit);
        if (!commitsBefore) {
            connection.setAutoCommit(true);
        }
        this.dialect = Dialect.of(connection.getMetaData().getDatabaseProductName());
    }

    /** Reads a row. */
    interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** Statements that take effect together. */
    interface Work<T> {
        T run() throws SQLException;
    }

    /**
     * Opens a session.
     *
     * @param limit how long an answer is waited for, if the driver supports that
     */
    static JdbcSession open(ConnectionSource source, Duration limit) throws SQLException {
        Connection connection = source.open();
        try {
            return new JdbcSession(connection, limit);
        } catch (SQLException | RuntimeException failure) {
            closeQuietly(connection);
            throw failure;
        }
    }

    /** What the limit was before; negative if the driver has none. */
    private static int limitAnswers(Connection connection, Duration limit) throws SQLException {
        try {
            int before = connection.getNetworkTimeout();
            connection.setNetworkTimeout(Runnable::run, Math.toIntExact(limit.toMillis()));
            return before;
        } catch (SQLFeatureNotSupportedException | AbstractMethodError unsupported) {
            return -1;
        }
    }

    Dialect dialect() {
        return dialect;
    }

    /** Whether the database still answers. Waits for a second at most. */
    boolean isAlive() {
        try {
            return connection.isValid(ALIVE_SECONDS);
        } catch (SQLException broken) {
            return false;
        }
    }

    void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            boolean unused = statement.execute(sql);
        }
    }

    /** Runs a statement; returns how many rows it changed. */
    int update(String sql, @Nullable Object... values) throws SQLException {
        try (PreparedStatement statement = prepare(sql, values)) {
            return statement.executeUpdate();
        }
    }

    /** Inserts a row unless its key is there; returns whether it was inserted. */
    boolean insertNew(String sql, @Nullable Object... values) throws SQLException {
        if (dialect.isPostgresql()) {
            return update(sql + " ON CONFLICT DO NOTHING", values) == 1;
        }
        try {
            return update(sql, values) == 1;
        } catch (SQLException failure) {
            if (String.valueOf(failure.getSQLState()).startsWith("23")) {
                return false;
            }
            throw failure;
        }
    }

    <T> List<T> query(String sql, RowReader<T> reader, @Nullable Object... values) throws SQLException {
        try (PreparedStatement statement = prepare(sql, values);
                ResultSet rows = statement.executeQuery()) {
            List<T> found = new ArrayList<>();
            while (rows.next()) {
                found.add(reader.read(rows));
            }
            return found;
        }
    }

    private PreparedStatement prepare(String sql, @Nullable Object... values) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        try {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            return statement;
        } catch (SQLException failure) {
            statement.close();
            throw failure;
        }
    }

    /** An array of PostgreSQL. */
    Array array(String type, @Nullable Object... values) throws SQLException {
        return connection.createArrayOf(type, values);
    }

    /** Runs statements in one transaction: all of them take effect, or none. */
    <T> T inTransaction(Work<T> work) throws SQLException {
        connection.setAutoCommit(false);
        boolean isDone = false;
        try {
            T result = work.run();
            connection.commit();
            isDone = true;
            return result;
        } finally {
            if (!isDone) {
                connection.rollback();
            }
            connection.setAutoCommit(true);
        }
    }

    /** Ends the connection without waiting, after a failure or while another thread uses it. */
    void abort() {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException | AbstractMethodError unsupported) {
            // Closing is all that is left.
        } finally {
            closeQuietly(connection);
        }
    }

    /** Gives the connection back as it was. */
    @Override
    public void close() {
        try {
            if (!commitsBefore) {
                connection.setAutoCommit(false);
            }
            if (timeoutBefore >= 0) {
                connection.setNetworkTimeout(Runnable::run, timeoutBefore);
            }
        } catch (SQLException broken) {
            abort();
        } finally {
            closeQuietly(connection);
        }
    }

    private static void closeQuietly(Connection connection) {
        try {
            connection.close();
        } catch (SQLException broken) {
            // It is of no use any more.
        }
    }
}

package io.tokenguard.jdbc;

import java.sql.Connection;
import java.sql.SQLException;

/** Where database connections come from. Thread-safe. */
interface ConnectionSource extends AutoCloseable {
    /** Opens a connection, or takes one from a pool. The caller closes it. */
    Connection open() throws SQLException;

    /** Releases the resources of the source. */
    @Override
    default void close() {}
}

package io.tokenguard.jdbc;

import io.tokenguard.spi.SharedState;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** A state in the database of a {@link DataSource}, to be opened by a guard. Immutable. */
public final class JdbcSettings implements SharedState.Opener {
    private final DataSource dataSource;
    private final Tables tables;

    JdbcSettings(DataSource dataSource, Tables tables) {
        this.dataSource = dataSource;
        this.tables = tables;
    }

    /**
     * Other names of tables. All nodes of one API use the same prefix, and APIs that share a schema different ones.
     *
     * @param prefix 1 to 32 letters a-z, digits and underscores, and no digit at the start; {@code tokenguard_} by default
     * @throws io.tokenguard.access.ConfigurationException if it is none
     */
    public JdbcSettings tablePrefix(String prefix) {
        return new JdbcSettings(dataSource, new Tables(prefix));
    }

    /**
     * Opens the state as {@link JdbcState#open} does. Closing it does not close the data source.
     *
     * @throws io.tokenguard.access.ConfigurationException if the tables can't be created or used
     */
    @Override
    public SharedState open(SharedState.Terms terms) {
        return JdbcState.open(dataSource::getConnection, tables, terms);
    }

    /** Whether it is the same data source and prefix, so that a guard that is reconfigured goes on with its state. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof JdbcSettings settings
                && settings.dataSource.equals(dataSource)
                && settings.tables.prefix().equals(tables.prefix());
    }

    @Override
    public int hashCode() {
        return Objects.hash(dataSource, tables.prefix());
    }

    /** Shows nothing of the data source. */
    @Override
    public String toString() {
        return "JdbcSettings[" + tables.prefix() + "]";
    }
}

package io.tokenguard.jdbc;

import io.tokenguard.spi.SharedState;
import java.net.URI;

/** Opens {@code jdbc:} addresses. Found by {@link java.util.ServiceLoader}. */
public final class JdbcStateProvider implements SharedState.Provider {
    /** For {@link java.util.ServiceLoader}. */
    public JdbcStateProvider() {}

    @Override
    public boolean serves(URI address) {
        return "jdbc".equalsIgnoreCase(address.getScheme());
    }

    /**
     * Opens the state as {@link JdbcState#open} does.
     *
     * @throws io.tokenguard.access.ConfigurationException if no driver accepts the address, the table prefix is not one, or
     *     the tables can't be created or used
     */
    @Override
    public SharedState open(SharedState.Location location, SharedState.Terms terms) {
        return JdbcState.open(location, terms);
    }
}

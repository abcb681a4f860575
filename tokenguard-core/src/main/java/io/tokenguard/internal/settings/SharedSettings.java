package io.tokenguard.internal.settings;

import io.tokenguard.access.ConfigurationException;
import io.tokenguard.spi.SharedState;
import java.net.URI;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Where state that outlives the process is stored: at a location, in a state that the application opened or opens on demand,
 * or nowhere.
 *
 * @param key the property of the location
 * @param location the location
 * @param opened the opened state
 * @param opener opens the state
 */
public record SharedSettings(
        String key,
        Optional<SharedState.Location> location,
        Optional<SharedState> opened,
        Optional<SharedState.Opener> opener) {
    /** The property of a Redis address. */
    public static final String REDIS = "tokenguard.revocation.redis-uri";
    /** The property of a database. */
    public static final String JDBC = "tokenguard.state.jdbc-uri";
    /** The property of a folder. */
    public static final String FOLDER = "tokenguard.state.folder";
    /** Nowhere. */
    public static final SharedSettings NONE =
            new SharedSettings(REDIS, Optional.empty(), Optional.empty(), Optional.empty());

    /** At a location. */
    public static SharedSettings at(SharedState.Location location) {
        return new SharedSettings(keyOf(location.address()), Optional.of(location), Optional.empty(), Optional.empty());
    }

    /** In a state that the application opened. */
    public static SharedSettings of(SharedState state) {
        return new SharedSettings(REDIS, Optional.empty(), Optional.of(state), Optional.empty());
    }

    /** In a state that the application's opener opens. */
    public static SharedSettings of(SharedState.Opener opener) {
        return new SharedSettings(REDIS, Optional.empty(), Optional.empty(), Optional.of(opener));
    }

    private static String keyOf(URI address) {
        String scheme = address.getScheme();
        if ("jdbc".equals(scheme)) {
            return JDBC;
        }
        return "file".equals(scheme) ? FOLDER : REDIS;
    }

    /**
     * The same place, named by one more property.
     *
     * @throws ConfigurationException if another property names another place already
     */
    public SharedSettings alsoAt(String property, URI address) {
        if (isSomewhere()) {
            throw ConfigurationException.of(
                    property, "(not shown)", key + " is set too; state is stored in one place; set only one of them");
        }
        return new SharedSettings(
                property, Optional.of(SharedState.Location.of(address)), Optional.empty(), Optional.empty());
    }

    /**
     * The same location, completed with user, password or table prefix.
     *
     * @param property the property that completes it
     * @throws ConfigurationException if there is none
     */
    public SharedSettings completed(String property, UnaryOperator<SharedState.Location> change) {
        SharedState.Location known = location.orElseThrow(() ->
                ConfigurationException.of(property, "(not shown)", JDBC + " is not set; set it, or leave this out"));
        return new SharedSettings(key, Optional.of(change.apply(known)), opened, opener);
    }

    /** Whether there is a place at all. */
    public boolean isSomewhere() {
        return location.isPresent() || opened.isPresent() || opener.isPresent();
    }

    /** Contains nothing of the address: it may contain a password. */
    @Override
    public String toString() {
        return "SharedSettings[not shown]";
    }
}

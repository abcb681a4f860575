package io.tokenguard;

import io.tokenguard.access.ConfigurationException;
import io.tokenguard.spi.SharedState;
import java.net.URI;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * Where state that outlives the process is kept: at a location, in a state that the application opened or describes, or
 * nowhere.
 *
 * @param key the property that names the location
 * @param location the location
 * @param opened the opened state
 * @param opener opens the state that the application describes
 */
record SharedSettings(
        String key,
        Optional<SharedState.Location> location,
        Optional<SharedState> opened,
        Optional<SharedState.Opener> opener) {
    static final String REDIS = "tokenguard.revocation.redis-uri";
    static final String JDBC = "tokenguard.state.jdbc-uri";
    static final String FOLDER = "tokenguard.state.folder";
    static final SharedSettings NONE = new SharedSettings(REDIS, Optional.empty(), Optional.empty(), Optional.empty());

    static SharedSettings at(SharedState.Location location) {
        return new SharedSettings(keyOf(location.address()), Optional.of(location), Optional.empty(), Optional.empty());
    }

    static SharedSettings of(SharedState state) {
        return new SharedSettings(REDIS, Optional.empty(), Optional.of(state), Optional.empty());
    }

    static SharedSettings of(SharedState.Opener opener) {
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
     * The same place for one more property.
     *
     * @throws ConfigurationException if another property names another place already
     */
    SharedSettings alsoAt(String property, URI address) {
        if (isSomewhere()) {
            throw ConfigurationException.of(
                    property, "(not shown)", key + " is set too; state is kept in one place, so set one of them only");
        }
        return at(SharedState.Location.of(address));
    }

    /**
     * The location, to be completed by user, password or table prefix.
     *
     * @param property the property that completes it
     * @throws ConfigurationException if there is none
     */
    SharedState.Location locationFor(String property) {
        return location.orElseThrow(() ->
                ConfigurationException.of(property, "(not shown)", JDBC + " is not set; set it, or leave this out"));
    }

    /** Whether they share it at all. */
    boolean isSomewhere() {
        return location.isPresent() || opened.isPresent() || opener.isPresent();
    }

    /** Compares by hand: the platform keeps what it makes to compare records, and with it the application's class loader. */
    boolean isOpenedAs(OpenedSharedState part) {
        return location.equals(part.settings().location)
                && opened.equals(part.settings().opened)
                && opener.equals(part.settings().opener);
    }

    /**
     * Opens it.
     *
     * @throws ConfigurationException if nothing on the class path or module path serves the address
     */
    OpenedSharedState open(SharedState.Terms terms) {
        if (opened.isPresent()) {
            return OpenedSharedState.of(this, opened.get());
        }
        if (opener.isPresent()) {
            return OpenedSharedState.of(this, opener.get().open(terms));
        }
        return location.map(place ->
                        OpenedSharedState.of(this, providerOf(place.address()).open(place, terms)))
                .orElse(OpenedSharedState.NOTHING);
    }

    private SharedState.Provider providerOf(URI place) {
        return ServiceLoader.load(SharedState.Provider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(provider -> provider.serves(place))
                .findFirst()
                .orElseThrow(() -> ConfigurationException.of(key, "(not shown)", remedy()));
    }

    private String remedy() {
        return switch (key) {
            case JDBC ->
                "no module on the class path serves this address; add tokenguard-jdbc and the JDBC driver, and write it as"
                        + " jdbc:postgresql://host:5432/database";
            case FOLDER -> "no module on the class path keeps state in a folder; add tokenguard-state-h2";
            default ->
                "nothing here serves such an address; add tokenguard-redis and write it as redis://host:6379 or"
                        + " rediss://host:6379";
        };
    }

    /** Shows nothing of the address: there may be a password in it. */
    @Override
    public String toString() {
        return "SharedSettings[not shown]";
    }
}

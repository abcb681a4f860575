package io.tokenguard;

import io.tokenguard.access.ConfigurationException;
import io.tokenguard.spi.SharedState;
import java.net.URI;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * Where the nodes of one API share what they know: at an address, in a state that the application opened, or nowhere.
 *
 * @param address the address
 * @param opened the state
 */
record SharedSettings(Optional<URI> address, Optional<SharedState> opened) {
    static final SharedSettings NONE = new SharedSettings(Optional.empty(), Optional.empty());
    private static final String KEY = "tokenguard.revocation.redis-uri";

    static SharedSettings at(URI address) {
        return new SharedSettings(Optional.of(address), Optional.empty());
    }

    static SharedSettings of(SharedState state) {
        return new SharedSettings(Optional.empty(), Optional.of(state));
    }

    /** Whether they share it at all. */
    boolean isSomewhere() {
        return address.isPresent() || opened.isPresent();
    }

    /** Compares by hand: the platform keeps what it makes to compare records, and with it the application's class loader. */
    boolean isOpenedAs(SharedPart part) {
        return address.equals(part.settings().address) && opened.equals(part.settings().opened);
    }

    /**
     * Opens it.
     *
     * @throws ConfigurationException if nothing on the class path or module path serves the address
     */
    SharedPart open(SharedState.Terms terms) {
        if (opened.isPresent()) {
            return SharedPart.of(this, opened.get());
        }
        return address.map(place -> SharedPart.of(this, providerOf(place).open(place, terms)))
                .orElse(SharedPart.NOTHING);
    }

    private static SharedState.Provider providerOf(URI place) {
        return ServiceLoader.load(SharedState.Provider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(provider -> provider.serves(place))
                .findFirst()
                .orElseThrow(() -> ConfigurationException.of(
                        KEY,
                        "(not shown)",
                        "nothing here serves such an address; add tokenguard-redis and write it as"
                                + " redis://host:6379 or rediss://host:6379"));
    }

    /** Shows nothing of the address: there may be a password in it. */
    @Override
    public String toString() {
        return "SharedSettings[not shown]";
    }
}

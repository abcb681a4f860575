package io.tokenguard.internal.settings;

import io.tokenguard.access.ConfigurationException;
import io.tokenguard.internal.bounds.Bounds;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * The API's description.
 *
 * @param uri its own address
 * @param hosts its hosts
 * @param name its name for people
 * @param documentation a page for developers
 */
public record ResourceSettings(
        Optional<URI> uri, List<String> hosts, Optional<String> name, Optional<URI> documentation) {
    /** No description. */
    public static final ResourceSettings NONE =
            new ResourceSettings(Optional.empty(), List.of(), Optional.empty(), Optional.empty());

    /** The property of the address. */
    public static final String URI_KEY = "tokenguard.resource.uri";

    /** The property of the hosts. */
    public static final String HOSTS_KEY = "tokenguard.resource.hosts";

    /** The same at an address. */
    public ResourceSettings at(URI address) {
        return new ResourceSettings(Optional.of(address), hosts, name, documentation);
    }

    /** The same for some hosts. */
    public ResourceSettings answeringFor(String... names) {
        return new ResourceSettings(uri, Bounds.texts(HOSTS_KEY, names), name, documentation);
    }

    /** The same with a name. */
    public ResourceSettings named(String text) {
        return new ResourceSettings(
                uri, hosts, Optional.of(Bounds.text("tokenguard.resource.name", text)), documentation);
    }

    /** The same with a page for developers. */
    public ResourceSettings documentedAt(URI address) {
        return new ResourceSettings(uri, hosts, name, Optional.of(address));
    }

    /**
     * Requires the API's own address to be set. Otherwise the caller's Host field decides which proofs are accepted (RFC 9449
     * §4.3).
     *
     * @param cause the setting that requires it, such as {@code tokenguard.dpop.mode is 'required'}
     * @throws ConfigurationException if it is not set
     */
    public void requireAddress(String cause) {
        if (uri.isEmpty() && hosts.isEmpty()) {
            throw ConfigurationException.missing(
                    URI_KEY,
                    "without it the caller's Host field decides which DPoP proofs are accepted; set the public address of the"
                            + " API, or its hosts in " + HOSTS_KEY + "; " + cause);
        }
    }
}

package io.tokenguard.internal.settings;

import io.tokenguard.access.ConfigurationException;
import io.tokenguard.config.Destination;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What the application around a guard has.
 *
 * @param requiresAdapters whether the guard is ready only once each adapter was started
 * @param destinations the services that it calls
 */
public record ApplicationSettings(boolean requiresAdapters, List<Destination> destinations) {
    /** Neither. */
    public static final ApplicationSettings USUAL = new ApplicationSettings(false, List.of());

    /** Copies the destinations. */
    public ApplicationSettings {
        destinations = List.copyOf(destinations);
    }

    /** The same, requiring adapters. */
    public ApplicationSettings requiringAdapters() {
        return new ApplicationSettings(true, destinations);
    }

    /**
     * The same with one more destination.
     *
     * @throws ConfigurationException if there is one of its name or of its address
     */
    public ApplicationSettings and(Destination destination) {
        if (destinations.stream().anyMatch(known -> known.id().equals(destination.id()))) {
            throw ConfigurationException.of(
                    "tokenguard.downstream.<id>",
                    destination.id(),
                    "it is set already; give each destination a name of its own");
        }
        destinations.stream()
                .filter(known -> place(known).equals(place(destination)))
                .findFirst()
                .ifPresent(known -> {
                    throw ConfigurationException.of(
                            "tokenguard.downstream." + destination.id() + ".uri",
                            destination.address(),
                            "it is the address of " + known.id() + " too; keep one of the two, or add a path");
                });
        return new ApplicationSettings(
                requiresAdapters,
                Stream.concat(destinations.stream(), Stream.of(destination)).toList());
    }

    /** Host names have no case, the port may be left out, and a slash at the end makes no difference. */
    private static String place(Destination destination) {
        URI address = destination.address();
        String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
        int usual = scheme.equals("https") ? 443 : 80;
        int port = address.getPort() < 0 ? usual : address.getPort();
        String path = address.getRawPath();
        String end = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        return scheme + "://" + address.getHost().toLowerCase(Locale.ROOT) + ":" + port + end;
    }
}

package io.tokenguard.internal.status;

import io.tokenguard.internal.keys.FetchLimits;
import io.tokenguard.internal.keys.HostPolicy;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * How status lists are used.
 *
 * @param isRequired whether each token must refer to a list
 * @param prefixes where lists may be, beside the host of their issuer
 * @param hosts which addresses are allowed at all
 * @param limits the limits of one load
 * @param freshTime how long a list counts as fresh
 * @param outageTime how long it is used after its last successful load
 * @param largest the greatest number of bytes of its statuses
 * @param most how many lists of one issuer are kept
 */
public record StatusPolicy(
        boolean isRequired,
        List<URI> prefixes,
        HostPolicy hosts,
        FetchLimits limits,
        Duration freshTime,
        Duration outageTime,
        int largest,
        int most) {
    private static final Duration SHORTEST_FRESH = Duration.ofSeconds(15);

    /** Copies the prefixes. */
    public StatusPolicy {
        prefixes = List.copyOf(prefixes);
    }

    /** Whether a token of an issuer may refer to a list there: at its own host, or under a configured prefix. */
    boolean allows(String issuer, URI address) {
        return hosts.allows(address) && isPlain(address) && (isAtOwnHost(issuer, address) || isConfigured(address));
    }

    /** Whether an address is under a configured prefix. */
    boolean isConfigured(URI address) {
        return prefixes.stream().anyMatch(prefix -> isUnder(prefix, address));
    }

    /** Whether the path is unambiguous. */
    private static boolean isPlain(URI address) {
        String path = address.getRawPath().toLowerCase(Locale.ROOT);
        return !path.contains("/.") && !path.contains("%2e") && !path.contains("%2f") && !path.contains("%5c");
    }

    private static boolean isAtOwnHost(String issuer, URI address) {
        try {
            URI own = URI.create(issuer);
            return own.getHost() != null && HostPolicy.isOwnHost(own, address);
        } catch (IllegalArgumentException noAddress) {
            return false;
        }
    }

    private static boolean isUnder(URI prefix, URI address) {
        return prefix.getScheme().equalsIgnoreCase(address.getScheme())
                && prefix.getRawAuthority().equalsIgnoreCase(address.getRawAuthority())
                && address.getRawPath().startsWith(prefix.getRawPath());
    }

    /** How long a list is fresh: its issuer may shorten the time, to a quarter of a minute at least. */
    Duration freshTime(LoadedList loaded) {
        Duration stated = loaded.timeToLive().orElse(freshTime);
        Duration shorter = stated.compareTo(freshTime) < 0 ? stated : freshTime;
        return shorter.compareTo(SHORTEST_FRESH) < 0 ? SHORTEST_FRESH : shorter;
    }
}

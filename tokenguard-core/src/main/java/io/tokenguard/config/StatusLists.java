package io.tokenguard.config;

import io.tokenguard.access.ConfigurationException;
import io.tokenguard.internal.bounds.Bounds;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * How the status lists of issuers are used (draft-ietf-oauth-status-list).
 * A token that references a status list is checked
 * against it unless that is switched off. Immutable: each method returns a new value.
 *
 * @param mode whether they are used. Default: {@link Mode#SUPPORTED}
 * @param prefixes address prefixes of lists on other hosts than that of their issuer. Default: none
 * @param cacheTtl how long a list is fresh; its issuer may shorten that. Default: 5 m; 15 s to 24 h. A token revoked in
 *     the list may be accepted for that long
 * @param outageTtl how long a list is used after its last successful load. Default: 1 h; 0 to 24 h
 * @param largest the maximum size of one decompressed list, in bytes. Default: 1 MiB; 1 KiB to 16 MiB
 * @param most how many lists of one issuer are kept, and how many may be new in a minute. Default: 32; 1 to 1000
 * @see io.tokenguard.TokenGuardBuilder#statusLists(StatusLists)
 */
public record StatusLists(Mode mode, List<URI> prefixes, Duration cacheTtl, Duration outageTtl, int largest, int most) {
    /** Whether status lists are used. */
    public enum Mode {
        /** They are not used: tokens that were revoked in a list are accepted. */
        OFF,
        /** Tokens that reference a list are checked against it. */
        SUPPORTED,
        /** Tokens must refer to a list. */
        REQUIRED
    }

    /** Copies the prefixes. */
    public StatusLists {
        prefixes = List.copyOf(prefixes);
    }

    /** Tokens that reference a list are checked against it. */
    public static StatusLists supported() {
        return new StatusLists(Mode.SUPPORTED, List.of(), Duration.ofMinutes(5), Duration.ofHours(1), 1024 * 1024, 32);
    }

    /** Tokens must refer to a list. */
    public static StatusLists required() {
        return supported().mode(Mode.REQUIRED);
    }

    /** Status lists are not used. Tokens that an issuer revokes in a list are accepted. */
    public static StatusLists off() {
        return supported().mode(Mode.OFF);
    }

    /** Whether they are used. */
    public StatusLists mode(Mode chosen) {
        return new StatusLists(chosen, prefixes, cacheTtl, outageTtl, largest, most);
    }

    /**
     * Accepts lists on other hosts than that of their issuer too. The issuer must have signed them in any case.
     *
     * @param addresses prefixes of the addresses of lists, such as {@code https://status.example.com/lists/}
     * @throws ConfigurationException if one has no host, or does not end in a slash
     */
    public StatusLists at(URI... addresses) {
        for (URI address : addresses) {
            boolean isPrefix = address.getHost() != null
                    && address.getRawQuery() == null
                    && address.getRawPath().endsWith("/");
            if (!isPrefix) {
                throw ConfigurationException.of(
                        "tokenguard.status-list.uris", address, "set an https address that ends in a slash");
            }
        }
        return new StatusLists(mode, List.of(addresses), cacheTtl, outageTtl, largest, most);
    }

    /** How long a list is fresh. */
    public StatusLists cacheTtl(Duration life) {
        Duration bounded =
                Bounds.between("tokenguard.status-list.cache-ttl", life, Duration.ofSeconds(15), Duration.ofHours(24));
        return new StatusLists(mode, prefixes, bounded, outageTtl, largest, most);
    }

    /** How long a list is used after its last successful load; at least as long as it is fresh. */
    public StatusLists outageTtl(Duration life) {
        Duration bounded =
                Bounds.between("tokenguard.status-list.outage-ttl", life, Duration.ZERO, Duration.ofHours(24));
        return new StatusLists(mode, prefixes, cacheTtl, bounded, largest, most);
    }

    /** The maximum size of one decompressed list, in bytes. */
    public StatusLists largest(int bytes) {
        int bounded = Bounds.between("tokenguard.status-list.max-size", bytes, 1024, 16 * 1024 * 1024);
        return new StatusLists(mode, prefixes, cacheTtl, outageTtl, bounded, most);
    }

    /** How many lists of one issuer are kept, and how many may be new in a minute. */
    public StatusLists most(int lists) {
        int bounded = Bounds.between("tokenguard.status-list.max-lists", lists, 1, 1_000);
        return new StatusLists(mode, prefixes, cacheTtl, outageTtl, largest, bounded);
    }
}

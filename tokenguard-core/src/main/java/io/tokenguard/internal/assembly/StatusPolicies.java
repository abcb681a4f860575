package io.tokenguard.internal.assembly;

import io.tokenguard.access.ConfigurationException;
import io.tokenguard.config.StatusLists;
import io.tokenguard.internal.keys.AddressPolicy;
import io.tokenguard.internal.keys.FetchLimits;
import io.tokenguard.internal.keys.HostPolicy;
import io.tokenguard.internal.status.StatusPolicy;
import java.net.URI;
import java.time.Duration;

/** Turns {@link StatusLists} settings into a policy. */
final class StatusPolicies {
    private static final Duration TIMEOUT = Duration.ofSeconds(3);

    private StatusPolicies() {}

    /**
     * How status lists are fetched and used.
     *
     * @throws ConfigurationException if an address is not allowed
     */
    static StatusPolicy of(StatusLists settings, HostPolicy hosts) {
        for (URI prefix : settings.prefixes()) {
            if (!hosts.allows(prefix)) {
                throw ConfigurationException.of(
                        "tokenguard.status-list.uris",
                        prefix,
                        (AddressPolicy.isPortOfAnotherProtocol(prefix)
                                        ? "port " + prefix.getPort() + " is that of another protocol; "
                                        : "")
                                + "set an https address; plain http is allowed on this machine only, unless you set"
                                + " tokenguard.allow-insecure-http");
            }
        }
        Duration outage =
                settings.outageTtl().compareTo(settings.cacheTtl()) < 0 ? settings.cacheTtl() : settings.outageTtl();
        return new StatusPolicy(
                settings.mode() == StatusLists.Mode.REQUIRED,
                settings.prefixes(),
                hosts,
                new FetchLimits(TIMEOUT, longestToken(settings)),
                settings.cacheTtl(),
                outage,
                settings.largest(),
                settings.most());
    }

    /** Worst case: an incompressible list, base64url-encoded twice. */
    static int longestToken(StatusLists settings) {
        return 2 * settings.largest() + 64 * 1024;
    }
}

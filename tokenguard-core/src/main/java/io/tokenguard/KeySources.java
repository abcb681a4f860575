package io.tokenguard;

import io.tokenguard.access.ConfigurationException;
import io.tokenguard.internal.keys.AddressPolicy;
import io.tokenguard.internal.keys.DocumentFetcher;
import io.tokenguard.internal.keys.FixedKeySource;
import io.tokenguard.internal.keys.RemoteKeySource;
import io.tokenguard.spi.KeySource;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.ScheduledExecutorService;

/**
 * Opens the key sources of a guard.
 *
 * @param addresses which addresses are allowed
 * @param clock tells how old keys are
 * @param timer starts loads
 */
record KeySources(AddressPolicy addresses, Clock clock, ScheduledExecutorService timer) {
    KeySource open(TrustedIssuer issuer) {
        KeyLocation location = issuer.keys().location();
        if (location instanceof KeyLocation.Given given) {
            return new FixedKeySource(given.keys());
        }
        if (location instanceof KeyLocation.Plugged plugged) {
            return plugged.source();
        }
        if (location instanceof KeyLocation.In in) {
            return openFile(issuer, in.jwksFile());
        }
        return location instanceof KeyLocation.At at
                ? RemoteKeySource.at(checked(issuer, "jwks-uri", at.jwksUri()), fetcherFor(issuer), supplyFor(issuer))
                : RemoteKeySource.discovered(checkedIssuer(issuer), addresses, fetcherFor(issuer), supplyFor(issuer));
    }

    private RemoteKeySource openFile(TrustedIssuer issuer, Path file) {
        RemoteKeySource source = RemoteKeySource.in(file, issuer.keys().largest(), supplyFor(issuer));
        if (!source.isServing()) {
            throw ConfigurationException.of(
                    issuer.keyPrefix() + "jwks-file",
                    file,
                    "name a readable file with a JWK set that holds a usable key");
        }
        return source;
    }

    /** RFC 8414 §2: an https address without query and fragment. */
    private URI checkedIssuer(TrustedIssuer issuer) {
        URI address = checked(issuer, "issuer-uri", address(issuer));
        if (address.getRawQuery() != null) {
            throw ConfigurationException.of(
                    issuer.keyPrefix() + "issuer-uri", address, "an issuer's address has no query; leave it out");
        }
        return address;
    }

    private static URI address(TrustedIssuer issuer) {
        try {
            return URI.create(issuer.issuer());
        } catch (IllegalArgumentException malformed) {
            throw ConfigurationException.of(
                    issuer.keyPrefix() + "issuer-uri",
                    issuer.issuer(),
                    "set an https address, or say where the keys are with jwks-uri");
        }
    }

    private URI checked(TrustedIssuer issuer, String key, URI address) {
        if (!addresses.allows(address)) {
            throw ConfigurationException.of(
                    issuer.keyPrefix() + key,
                    address,
                    "set an https address with a host and without user or fragment; plain http is for this machine, or"
                            + " for tokenguard.allow-insecure-http");
        }
        return address;
    }

    private DocumentFetcher fetcherFor(TrustedIssuer issuer) {
        return new DocumentFetcher(timer, issuer.keys().timeout(), issuer.keys().largest());
    }

    private RemoteKeySource.Supply supplyFor(TrustedIssuer issuer) {
        return new RemoteKeySource.Supply(issuer.issuer(), issuer.keys().refresh(), clock, timer);
    }
}

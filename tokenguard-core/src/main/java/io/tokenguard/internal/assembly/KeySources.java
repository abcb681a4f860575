package io.tokenguard.internal.assembly;

import io.tokenguard.access.ConfigurationException;
import io.tokenguard.internal.keys.AddressPolicy;
import io.tokenguard.internal.keys.Clocks;
import io.tokenguard.internal.keys.DocumentFetcher;
import io.tokenguard.internal.keys.FetchLimits;
import io.tokenguard.internal.keys.FixedKeySource;
import io.tokenguard.internal.keys.HostPolicy;
import io.tokenguard.internal.keys.IssuerMetadata;
import io.tokenguard.internal.keys.KeySnapshot;
import io.tokenguard.internal.keys.KeySupplies;
import io.tokenguard.internal.keys.RemoteKeySource;
import io.tokenguard.internal.settings.IssuerSettings;
import io.tokenguard.internal.settings.KeyLocation;
import io.tokenguard.spi.KeySource;
import io.tokenguard.spi.VerificationKey;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.BiConsumer;
import java.util.function.DoubleSupplier;

/**
 * Opens the key sources of a guard.
 *
 * @param hosts which hosts are allowed
 * @param clocks measure the age of keys
 * @param timer starts loads
 * @param fetcher fetches documents
 * @param chance random numbers from 0 to below 1
 * @param observer receives the keys of each load
 */
record KeySources(
        HostPolicy hosts,
        Clocks clocks,
        ScheduledExecutorService timer,
        DocumentFetcher fetcher,
        DoubleSupplier chance,
        BiConsumer<String, Collection<VerificationKey>> observer) {
    static KeySources of(Environment environment, AddressPolicy addresses, Workers workers) {
        return new KeySources(
                new HostPolicy(addresses, environment.names()),
                new Clocks(environment.clock(), environment.steady()),
                workers.timer(),
                workers.fetcher(),
                environment.chance(),
                (issuer, keys) -> {});
    }

    /** The same sources, with an observer that receives the keys of each load. */
    KeySources observedBy(BiConsumer<String, Collection<VerificationKey>> handler) {
        return new KeySources(hosts, clocks, timer, fetcher, chance, handler);
    }

    KeySource open(IssuerSettings issuer) {
        KeySource source = openUnobserved(issuer);
        if (source instanceof RemoteKeySource remote) {
            remote.whenLoaded(keys -> observer.accept(issuer.issuer(), keys));
        } else {
            observer.accept(issuer.issuer(), source.keys());
        }
        return source;
    }

    private KeySource openUnobserved(IssuerSettings issuer) {
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
        FetchLimits limits = new FetchLimits(
                issuer.keys().loads().timeout(), issuer.keys().loads().maxSize());
        RemoteKeySource source = location instanceof KeyLocation.At at
                ? RemoteKeySource.at(checked(issuer, "jwks-uri", at.jwksUri()), fetcher, limits, suppliesFor(issuer))
                : RemoteKeySource.discovered(
                        checkedIssuer(issuer), hostsOf(issuer), fetcher, limits, suppliesFor(issuer));
        return issuer.keys().failsFast() ? served(issuer, source) : source;
    }

    private static RemoteKeySource served(IssuerSettings issuer, RemoteKeySource source) {
        if (!source.isServingWithin(issuer.keys().loads().timeout())) {
            String failure = source.health(issuer.issuer()).lastFailure().orElse("no answer in time");
            source.close();
            throw ConfigurationException.of(
                    issuer.keyPrefix() + "jwks.fail-fast",
                    "true",
                    "the keys of " + issuer.issuer() + " could not be loaded (" + failure
                            + "); check that the issuer is reachable, or set false to start without its keys");
        }
        return source;
    }

    private RemoteKeySource openFile(IssuerSettings issuer, Path file) {
        RemoteKeySource source = RemoteKeySource.in(file, issuer.keys().loads().maxSize(), suppliesFor(issuer));
        if (!source.isServingWithin(issuer.keys().loads().timeout())) {
            String failure = source.health(issuer.issuer()).lastFailure().orElse("not read in time");
            source.close();
            throw ConfigurationException.of(
                    issuer.keyPrefix() + "jwks-file",
                    file,
                    "the keys could not be loaded (" + failure
                            + "); name a readable file with a JWK set that contains a usable key");
        }
        return source;
    }

    /** RFC 8414 §2: an https address without query and fragment. */
    private URI checkedIssuer(IssuerSettings issuer) {
        URI address = checked(issuer, "issuer-uri", address(issuer));
        if (address.getRawQuery() != null) {
            throw ConfigurationException.of(
                    issuer.keyPrefix() + "issuer-uri", address, "an issuer's address has no query; leave it out");
        }
        return address;
    }

    /**
     * Requires the address of an issuer to be allowed for its metadata.
     *
     * @throws ConfigurationException if it is not
     */
    void requireAllowed(IssuerSettings issuer) {
        checkedIssuer(issuer);
    }

    /** A host that a token names may not be an internal one, even if the issuer's configured host may. */
    private HostPolicy hostsOf(IssuerSettings issuer) {
        return issuer.tenants().areHostsNamed() ? hosts.ofNamedIssuers() : hosts;
    }

    private static URI address(IssuerSettings issuer) {
        try {
            return URI.create(issuer.issuer());
        } catch (IllegalArgumentException malformed) {
            throw ConfigurationException.of(
                    issuer.keyPrefix() + "issuer-uri",
                    issuer.issuer(),
                    "set an https address, or set jwks-uri to the address of the keys");
        }
    }

    /** The issuer's metadata, fetched within a timeout. */
    IssuerMetadata metadata(IssuerSettings issuer, Duration timeout) {
        FetchLimits limits = new FetchLimits(timeout, issuer.keys().loads().maxSize());
        return new IssuerMetadata(checkedIssuer(issuer), fetcher, limits, hostsOf(issuer));
    }

    /** The address, if it is allowed. */
    URI checked(IssuerSettings issuer, String key, URI address) {
        if (!hosts.addresses().allows(address)) {
            throw ConfigurationException.of(
                    issuer.keyPrefix() + key,
                    address,
                    "set an https address with a host and without user info or fragment; plain http is allowed on this"
                            + " machine only, unless you set tokenguard.allow-insecure-http");
        }
        return address;
    }

    private KeySupplies suppliesFor(IssuerSettings issuer) {
        return new KeySupplies(
                issuer.issuer(),
                IssuerPolicies.refresh(issuer.keys()),
                clocks,
                timer,
                fetcher.workers(),
                chance,
                snapshotFor(issuer));
    }

    private static Optional<KeySnapshot> snapshotFor(IssuerSettings issuer) {
        return issuer.keys().snapshots().map(folder -> {
            if (!KeySnapshot.canKeep(folder)) {
                throw ConfigurationException.of(
                        issuer.keyPrefix() + "jwks.snapshot-folder",
                        folder,
                        "name a folder of a file system with POSIX permissions that this process can write, and no other"
                                + " user: who can write it can make keys trusted");
            }
            return new KeySnapshot(
                    folder, issuer.issuer(), issuer.keys().loads().maxSize());
        });
    }
}

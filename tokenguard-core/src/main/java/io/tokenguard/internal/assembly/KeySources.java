package io.tokenguard.internal.assembly;

import io.tokenguard.access.ConfigurationException;
import io.tokenguard.internal.audit.LineLimit;
import io.tokenguard.internal.jose.HmacKey;
import io.tokenguard.internal.keys.AddressPolicy;
import io.tokenguard.internal.keys.Clocks;
import io.tokenguard.internal.keys.FetchLimits;
import io.tokenguard.internal.keys.FixedKeySource;
import io.tokenguard.internal.keys.HostPolicy;
import io.tokenguard.internal.keys.IssuerMetadata;
import io.tokenguard.internal.keys.KeyAlarm;
import io.tokenguard.internal.keys.KeySnapshot;
import io.tokenguard.internal.keys.KeySupplies;
import io.tokenguard.internal.keys.LoadListener;
import io.tokenguard.internal.keys.MetadataSelection;
import io.tokenguard.internal.keys.RemoteKeySource;
import io.tokenguard.internal.keys.SecretKeySource;
import io.tokenguard.internal.keys.ShortRsaWarning;
import io.tokenguard.internal.settings.ConnectionSettings;
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
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.function.Function;

/**
 * Opens the key sources of a guard.
 *
 * @param hosts which hosts are allowed
 * @param clocks tell how old keys are
 * @param workers start loads and reach issuers
 * @param chance numbers from 0 to below 1
 * @param observer takes the keys of each load, and listens to loads
 * @param lines limits what is logged of loads
 */
record KeySources(
        HostPolicy hosts,
        Clocks clocks,
        Workers workers,
        DoubleSupplier chance,
        KeyObserver observer,
        LineLimit lines) {
    /**
     * Observes keys.
     *
     * @param keys takes the keys of each load, with their issuer
     * @param loads listens to the loads of an issuer
     */
    record KeyObserver(
            BiConsumer<String, Collection<VerificationKey>> keys, Function<IssuerSettings, LoadListener> loads) {
        static final KeyObserver NONE = new KeyObserver((issuer, keys) -> {}, issuer -> LoadListener.NONE);
    }

    static KeySources of(Environment environment, AddressPolicy addresses, Workers workers) {
        return new KeySources(
                new HostPolicy(addresses, environment.names()),
                environment.clocks(),
                workers,
                environment.chance(),
                KeyObserver.NONE,
                LineLimit.usual("loads of keys", environment.nanoTime()));
    }

    Connections connections() {
        return workers.connections();
    }

    ScheduledExecutorService timer() {
        return workers.timer();
    }

    /** The same sources with an observer. */
    KeySources observedBy(KeyObserver handler) {
        return new KeySources(hosts, clocks, workers, chance, handler, lines);
    }

    /**
     * Opens the key source of an issuer.
     *
     * @param selection what its metadata select; empty if nothing depends on them
     */
    KeySource open(IssuerSettings issuer, Optional<MetadataSelection> selection) {
        KeySource source = openUnobserved(issuer, selection);
        Consumer<Collection<VerificationKey>> loaded = observerOf(issuer);
        if (source instanceof RemoteKeySource remote) {
            remote.whenLoaded(loaded);
        } else {
            loaded.accept(source.keys());
        }
        return source;
    }

    private Consumer<Collection<VerificationKey>> observerOf(IssuerSettings issuer) {
        Consumer<Collection<VerificationKey>> loaded = keys -> observer.keys().accept(issuer.issuer(), keys);
        return issuer.keys().loads().documents().warnsOfShortRsa()
                ? loaded.andThen(new ShortRsaWarning(
                        issuer.issuer(), configuredName(issuer), issuer.keyPrefix() + "jwks.warn-short-rsa", lines))
                : loaded;
    }

    private KeySource openUnobserved(IssuerSettings issuer, Optional<MetadataSelection> selection) {
        KeyLocation location = issuer.keys().location();
        if (location instanceof KeyLocation.Given given) {
            return new FixedKeySource(given.keys(), issuer.tokens().algorithms());
        }
        if (location instanceof KeyLocation.Plugged plugged) {
            return plugged.source();
        }
        if (location instanceof KeyLocation.Secret secret) {
            return new SecretKeySource(
                    new HmacKey(secret.key()), issuer.tokens().algorithms());
        }
        if (location instanceof KeyLocation.In in) {
            return openFile(issuer, in.jwksFile());
        }
        RemoteKeySource source = location instanceof KeyLocation.At at
                ? RemoteKeySource.at(keysAt(issuer, at.jwksUri()), suppliesFor(issuer, selection))
                : RemoteKeySource.discovered(keyMetadata(issuer), selection, suppliesFor(issuer, selection));
        return issuer.keys().loads().failsFast() ? served(issuer, source) : source;
    }

    private IssuerMetadata keysAt(IssuerSettings issuer, URI jwksUri) {
        HostPolicy allowed = hosts.withHttpFor(issuer.keys().connection().httpRanges());
        return new IssuerMetadata(
                IssuerMetadata.Place.at(checked(issuer, "jwks-uri", jwksUri, allowed), issuer.issuer()),
                connections().of(issuer),
                limits(issuer, issuer.keys().loads().timeout()),
                allowed);
    }

    /** Keys are not secret: they, and the metadata that leads to them, may come over plain http from configured ranges. */
    private IssuerMetadata keyMetadata(IssuerSettings issuer) {
        HostPolicy allowed =
                hostsOf(issuer, hosts.withHttpFor(issuer.keys().connection().httpRanges()));
        return metadata(issuer, issuer.keys().loads().timeout(), allowed);
    }

    private static FetchLimits limits(IssuerSettings issuer, Duration timeout) {
        return new FetchLimits(
                timeout,
                issuer.keys().loads().maxSize(),
                issuer.keys().loads().documents().maxKeys());
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
        RemoteKeySource source = RemoteKeySource.in(
                file,
                limits(issuer, issuer.keys().loads().timeout()),
                suppliesFor(issuer, Optional.empty()).ofFile());
        if (!source.isServingWithin(issuer.keys().loads().timeout())) {
            String failure = source.health(issuer.issuer()).lastFailure().orElse("not read in time");
            source.close();
            throw ConfigurationException.of(
                    issuer.keyPrefix() + "jwks-file",
                    file,
                    "the keys could not be loaded (" + failure
                            + "); name a readable file or folder with a usable key: a JWK set, a JWK, or PEM public keys or"
                            + " certificates");
        }
        return source;
    }

    /** RFC 8414 §2: an https address without query and fragment. */
    private URI checkedIssuer(IssuerSettings issuer, HostPolicy allowed) {
        URI address = checked(issuer, "issuer-uri", address(issuer), allowed);
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
        connections().of(issuer);
        checkedIssuer(issuer, hosts.withHttpFor(issuer.keys().connection().httpRanges()));
    }

    /** A host that a token has named may not be an inner one, even where the issuer's own host may. */
    private static HostPolicy hostsOf(IssuerSettings issuer, HostPolicy hosts) {
        return issuer.tenants().areHostsNamed() ? hosts.ofNamedIssuers() : hosts;
    }

    private static URI address(IssuerSettings issuer) {
        try {
            return URI.create(issuer.issuer());
        } catch (IllegalArgumentException malformed) {
            throw ConfigurationException.of(
                    issuer.keyPrefix() + "issuer-uri",
                    issuer.issuer(),
                    "set an https address, or set where the keys are in " + issuer.keyPrefix() + "jwks-uri or "
                            + issuer.keyPrefix() + "metadata-uri");
        }
    }

    /** The issuer's metadata, fetched within a timeout. */
    IssuerMetadata metadata(IssuerSettings issuer, Duration timeout) {
        return metadata(issuer, timeout, hostsOf(issuer, hosts));
    }

    private IssuerMetadata metadata(IssuerSettings issuer, Duration timeout, HostPolicy allowed) {
        ConnectionSettings.MetadataSettings stated = issuer.keys().connection().metadata();
        String identifier = stated.issuer().orElse(issuer.issuer());
        IssuerMetadata.Place place = stated.uri()
                .map(uri -> IssuerMetadata.Place.at(checked(issuer, "metadata-uri", uri, allowed), identifier))
                .orElseGet(() -> IssuerMetadata.Place.under(checkedIssuer(issuer, allowed), identifier));
        return new IssuerMetadata(place, connections().of(issuer), limits(issuer, timeout), allowed);
    }

    /** An address that is allowed, over https or on this machine. */
    URI checked(IssuerSettings issuer, String key, URI address) {
        return checked(issuer, key, address, hosts);
    }

    private static URI checked(IssuerSettings issuer, String key, URI address, HostPolicy allowed) {
        if (!allowed.allows(address)) {
            throw ConfigurationException.of(
                    issuer.keyPrefix() + key,
                    address,
                    AddressPolicy.isPortOfAnotherProtocol(address)
                            ? "port " + address.getPort()
                                    + " is that of another protocol, from which nothing is fetched (Fetch"
                                    + " Standard, port blocking); use another port, such as 443 or 8443"
                            : "set an https address with a host and without user info or fragment; plain http is allowed on this"
                                    + " machine only, unless you set " + issuer.keyPrefix()
                                    + "jwks.allow-http-for (keys and metadata) or tokenguard.allow-insecure-http");
        }
        return address;
    }

    /** The issuers of a template have one limit together, and each other issuer one of its own. */
    private static String configuredName(IssuerSettings issuer) {
        return issuer.keys().isNamedByToken() ? "template " + issuer.keyPrefix() : issuer.issuer();
    }

    private KeySupplies suppliesFor(IssuerSettings issuer, Optional<MetadataSelection> selection) {
        return new KeySupplies(
                new KeyAlarm(
                        issuer.issuer(),
                        configuredName(issuer),
                        lines,
                        observer.loads().apply(issuer),
                        issuer.tokens().algorithms()),
                IssuerPolicies.refresh(issuer.keys()),
                clocks,
                timer(),
                workers.network().workers(),
                chance,
                snapshotFor(issuer, selection));
    }

    private static Optional<KeySnapshot> snapshotFor(IssuerSettings issuer, Optional<MetadataSelection> selection) {
        return issuer.keys().snapshots().map(folder -> {
            if (!KeySnapshot.canKeep(folder)) {
                throw ConfigurationException.of(
                        issuer.keyPrefix() + "jwks.snapshot-folder",
                        folder,
                        "name a folder of a file system with POSIX permissions that this process can write, and no other"
                                + " user: who can write it can make keys trusted");
            }
            return new KeySnapshot(
                    folder,
                    issuer.issuer(),
                    limits(issuer, issuer.keys().loads().timeout()),
                    selection);
        });
    }
}

package io.tokenguard.internal.keys;

import io.tokenguard.access.GuardHealth.KeyHealth;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import io.tokenguard.access.RefusedException.Finding;
import io.tokenguard.access.SignatureAlgorithm;
import io.tokenguard.internal.jose.KeyReference;
import io.tokenguard.internal.waiting.WouldWaitException;
import io.tokenguard.spi.KeySource;
import io.tokenguard.spi.VerificationKey;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keys that are loaded over the network or from a file, and refreshed in the background before they expire. A request waits
 * only for the first load, or if it names an unknown key and a load that may bring it is under way. The number of waiting
 * requests is bounded, and none waits while loads fail. No lock is held.
 */
public final class RemoteKeySource implements KeySource {
    /** The detail of a refusal: no load that began after an unknown key ID was first seen has succeeded. */
    public static final String UNSETTLED = "unknown key ID, and no later load of the keys yet";

    /** The detail of a refusal: the dialect depends on metadata that have not loaded. */
    static final String UNSELECTED = "the metadata, which select the dialect, have not loaded; or set dialect";

    private static final String EXPECTED = "keys of the issuer";

    /** What has become of the first load of keys. */
    public enum FirstLoad {
        /** No good load yet. */
        OPEN,
        /** Keys were loaded. */
        GOOD,
        /** No good load yet, and the issuer answered that it has no such document. */
        NOT_THERE
    }

    private final Object origin;
    private final KeySupplies supplies;
    private final KeyRefresher refresher;
    private final LoadWaits waits;

    private RemoteKeySource(Object origin, KeySupplies supplies, KeySetLoader loader) {
        this.origin = origin;
        this.supplies = supplies;
        this.refresher = new KeyRefresher(supplies, loader);
        this.waits = LoadWaits.by(supplies.policy().waiting());
    }

    /** The same keys, for decisions that must not wait. */
    private RemoteKeySource(RemoteKeySource shared) {
        this.origin = shared.origin;
        this.supplies = shared.supplies;
        this.refresher = shared.refresher;
        this.waits = shared.waits.withoutWaiting();
    }

    /**
     * The same source; where it would have to wait, or to start a load for an unknown key, {@link #find(KeyReference,
     * SignatureAlgorithm)} and {@link #select} throw {@link WouldWaitException}.
     */
    public RemoteKeySource withoutWaiting() {
        return new RemoteKeySource(this);
    }

    /**
     * Keys that the issuer's metadata leads to.
     *
     * @param selection what the metadata select too; empty if nothing depends on them
     */
    public static RemoteKeySource discovered(
            IssuerMetadata metadata, Optional<MetadataSelection> selection, KeySupplies supplies) {
        Consumer<Map<String, @Nullable Object>> observer =
                members -> selection.ifPresent(waiting -> waiting.selectBy(members));
        return started(metadata.place(), supplies, new Discovery(metadata, observer, supplies.clocks()));
    }

    /**
     * Keys at an address.
     *
     * @param place its place is the address
     */
    public static RemoteKeySource at(IssuerMetadata place, KeySupplies supplies) {
        URI jwksUri = place.place().base();
        AddressedKeys keys = new AddressedKeys(jwksUri, place.fetcher(), place.limits());
        return started(
                List.of(jwksUri),
                supplies,
                () -> place.requireOuter("jwks-uri", jwksUri).thenCompose(unused -> keys.load()));
    }

    /**
     * Keys in a file or a folder, which may change while the application runs. The caller has to await the first load:
     * nothing is logged if it fails.
     */
    public static RemoteKeySource in(Path file, FetchLimits limits, KeySupplies supplies) {
        supplies.alarm().beQuietUntilLoaded();
        return started(file, supplies, new KeyFile(file, limits));
    }

    static RemoteKeySource started(Object origin, KeySupplies supplies, KeySetLoader loader) {
        RemoteKeySource source = new RemoteKeySource(origin, supplies, loader);
        source.refresher.start();
        return source;
    }

    /** Starts the first load and waits for its end; returns whether keys are known then. */
    public boolean isServingWithin(Duration longest) {
        refresher.refreshAtFirst();
        waits.first(refresher.underWay(), longest);
        return refresher.current() != null;
    }

    /** What has become of the first load. */
    public FirstLoad firstLoad() {
        return refresher.firstLoad();
    }

    /** Passes on each loaded set of keys, and the current one at once. */
    public void whenLoaded(Consumer<Collection<VerificationKey>> observer) {
        refresher.whenLoaded(set -> observer.accept(set.usable()));
    }

    @Override
    public Collection<VerificationKey> keys() {
        KeySet known = refresher.served().known();
        return known == null ? List.of() : known.usable();
    }

    /** Uses the keys of an older source of the same issuer and the same place until its own are loaded. */
    public void inherit(RemoteKeySource older) {
        if (origin.equals(older.origin)) {
            refresher.inherit(older.refresher);
        }
    }

    @Override
    public VerificationKey find(@Nullable String keyId, SignatureAlgorithm algorithm) throws RefusedException {
        return find(KeyReference.of(keyId), algorithm);
    }

    /**
     * Finds the one key for a token.
     *
     * @param wanted how the token's header names it
     * @throws RefusedException as {@link #find(String, SignatureAlgorithm)} does
     */
    public VerificationKey find(KeyReference wanted, SignatureAlgorithm algorithm) throws RefusedException {
        KeySet keys = refresher.current();
        if (keys == null) {
            waits.requireMayWait();
            keys = firstKeys();
        } else if (keys.lacks(wanted, algorithm)) {
            waits.requireMayWait();
            keys = lookAgainFor(wanted, algorithm, keys);
        }
        try {
            return keys.find(wanted, algorithm);
        } catch (RefusedException refused) {
            boolean isAboutTheSet =
                    refused.reason() == RefusalReason.KEY_UNKNOWN || refused.reason() == RefusalReason.KEY_AMBIGUOUS;
            throw isAboutTheSet ? refused.explained(this::withAge) : refused;
        }
    }

    /** Adds when the keys were loaded. */
    private Finding withAge(Finding finding) {
        Generation loaded = refresher.served().last();
        if (loaded == null) {
            return finding;
        }
        Duration age =
                Duration.between(loaded.loadedAt(), supplies.clocks().wall().instant());
        return new Finding(
                finding.found(),
                finding.expected() + ", loaded " + Math.max(0, age.toSeconds()) + " s ago",
                finding.settings(),
                finding.hint());
    }

    /**
     * The rules of the issuer. Waits for the load of its metadata if they select the rules, unless the last load failed.
     *
     * @throws RefusedException if they have not loaded
     */
    public <T> T select(SelectedRules<T> rules) throws RefusedException {
        T known = rules.current();
        if (known != null) {
            return known;
        }
        waits.requireMayWait();
        if (refresher.lastFailure().isPresent()) {
            refresher.refreshIfOverdue();
        } else {
            // Keys that were handed over may serve before the first load.
            refresher.refresh();
            waits.first(refresher.underWay());
        }
        known = rules.current();
        if (known == null) {
            throw unloaded(UNSELECTED);
        }
        return known;
    }

    /**
     * Waits for the first load. After a failed one no request waits, so that an issuer that hangs does not hold request
     * threads.
     */
    private KeySet firstKeys() throws RefusedException {
        refresher.refreshAtFirst();
        refresher.refreshIfOverdue();
        if (!refresher.lastFailure().isPresent()) {
            waits.first(refresher.underWay());
        }
        return known(refresher.current());
    }

    /**
     * The keys, once a load that began after a key was first named has settled whether it exists. Starts such a load as
     * soon as the budget allows it, and waits for a running one. If a key ID was found missing by a load that is older than a
     * cooldown, starts another one if that is possible now: the key may have been published since.
     *
     * @throws RefusedException if that is not settled yet
     */
    private KeySet lookAgainFor(KeyReference wanted, SignatureAlgorithm algorithm, KeySet keys)
            throws RefusedException {
        boolean isOfKnownForm = keys.resembles(wanted, algorithm);
        long seen = refresher.firstSeen(wanted.name(), isOfKnownForm);
        boolean isSettled = refresher.served().load() > seen;
        if (isSettled && refresher.served().areYoung()) {
            return known(refresher.current());
        }
        if (isSettled) {
            refresher.demanded().beginNow(isOfKnownForm);
        } else {
            refresher.demanded().begin(isOfKnownForm, seen);
        }
        if (!refresher.lastFailure().isPresent()) {
            waits.unknown(refresher.underWay());
        }
        long settled = refresher.served().load();
        KeySet newer = known(refresher.current());
        if (settled <= seen && newer.lacks(wanted, algorithm)) {
            throw RefusedException.until(RefusalReason.KEYS_UNAVAILABLE, UNSETTLED, refresher.untilNextLoad());
        }
        return newer;
    }

    private KeySet known(@Nullable KeySet keys) throws RefusedException {
        if (keys == null) {
            throw unloaded("");
        }
        return keys;
    }

    private RefusedException unloaded(String detail) {
        return RefusedException.until(RefusalReason.KEYS_UNAVAILABLE, detail, refresher.untilNextLoad())
                .explained(unused -> refresher
                        .lastFailure()
                        .map(failure -> failure.finding("no keys", EXPECTED))
                        .orElseGet(() -> Finding.of("no keys yet", EXPECTED)));
    }

    @Override
    public boolean refresh() {
        return refresher.refreshOnDemand();
    }

    @Override
    public KeyHealth health(String issuer) {
        return refresher.health();
    }

    @Override
    public void close() {
        refresher.close();
    }
}

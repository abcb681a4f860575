package io.tokenguard.internal.keys;

import io.tokenguard.access.KeyHealth;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import io.tokenguard.access.SignatureAlgorithm;
import io.tokenguard.spi.KeySource;
import io.tokenguard.spi.VerificationKey;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Keys that are loaded from elsewhere, and loaded anew in the background before they grow old. A request waits only where
 * no key is known at all, or where it is the first to name a key that is not known and a load that may bring it is under
 * way: at most a second, at most 64 requests at once, and never while loads fail. No lock is held.
 */
public final class RemoteKeySource implements KeySource {
    private static final long LONGEST_WAIT_MILLIS = 1_000;
    private static final int MOST_WAITING = 64;

    private final KeySupplies supplies;
    private final KeyRefresher refresher;
    private final Semaphore places = new Semaphore(MOST_WAITING);

    private RemoteKeySource(KeySupplies supplies, KeySetLoader loader) {
        this.supplies = supplies;
        this.refresher = new KeyRefresher(supplies, loader);
    }

    /** Keys that the issuer's metadata leads to. */
    public static RemoteKeySource discovered(
            URI issuer, HostPolicy hosts, DocumentFetcher fetcher, FetchLimits limits, KeySupplies supplies) {
        return started(supplies, new Discovery(new IssuerMetadata(issuer, fetcher, limits, hosts), supplies.clock()));
    }

    /** Keys at an address. */
    public static RemoteKeySource at(URI jwksUri, DocumentFetcher fetcher, FetchLimits limits, KeySupplies supplies) {
        return started(supplies, new AddressedKeys(jwksUri, fetcher, limits));
    }

    /** Keys in a file, which may be replaced while the application runs. */
    public static RemoteKeySource in(Path file, long largest, KeySupplies supplies) {
        return started(supplies, KeySetLoader.in(file, largest));
    }

    private static RemoteKeySource started(KeySupplies supplies, KeySetLoader loader) {
        RemoteKeySource source = new RemoteKeySource(supplies, loader);
        source.refresher.start();
        return source;
    }

    /** Loads now, where nothing was loaded yet, and waits for the end of it; whether keys are known then. */
    public boolean isServingWithin(Duration longest) {
        refresher.refreshAtFirst();
        await(refresher.underWay(), longest.toMillis());
        return refresher.current() != null;
    }

    /** Serves the keys of an older source of the same issuer until its own have come. */
    public void inherit(RemoteKeySource older) {
        refresher.inherit(older.refresher);
    }

    @Override
    public VerificationKey find(@Nullable String keyId, SignatureAlgorithm algorithm) throws RefusedException {
        KeySet keys = refresher.current();
        if (keys == null) {
            keys = firstKeys();
        } else if (keyId != null && !keys.knows(keyId)) {
            keys = lookAgainFor(keyId, keys);
        }
        return keys.find(keyId, algorithm);
    }

    private KeySet firstKeys() throws RefusedException {
        refresher.refreshAtFirst();
        refresher.refreshIfOverdue();
        await(refresher.underWay(), LONGEST_WAIT_MILLIS);
        return known(refresher.current());
    }

    /**
     * The keys once a load that may bring an unknown one has ended. Who asks for the same again does not wait again. Where
     * the issuer can't be asked, nobody can tell whether the key is one of its own.
     */
    private KeySet lookAgainFor(String keyId, KeySet keys) throws RefusedException {
        if (supplies.isUnknown(keyId)) {
            return keys;
        }
        refresher.refreshOnDemand();
        CompletableFuture<Void> load = refresher.underWay();
        boolean hasEnded = !refresher.isFailing() && await(load, LONGEST_WAIT_MILLIS);
        if (!hasEnded || refresher.isFailing()) {
            throw new RefusedException(RefusalReason.KEYS_UNAVAILABLE, "unknown key while no keys can be loaded");
        }
        KeySet newer = known(refresher.current());
        if (load != null && !newer.knows(keyId)) {
            supplies.rememberUnknown(keyId);
        }
        return newer;
    }

    private static KeySet known(@Nullable KeySet keys) throws RefusedException {
        if (keys == null) {
            throw new RefusedException(RefusalReason.KEYS_UNAVAILABLE);
        }
        return keys;
    }

    /** Waits for a load, where there is one and not too many requests wait already; whether it has ended. */
    private boolean await(@Nullable CompletableFuture<Void> load, long millis) {
        if (load == null || !places.tryAcquire()) {
            return load == null;
        }
        try {
            load.get(millis, TimeUnit.MILLISECONDS);
            return true;
        } catch (ExecutionException | TimeoutException notInTime) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            places.release();
        }
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

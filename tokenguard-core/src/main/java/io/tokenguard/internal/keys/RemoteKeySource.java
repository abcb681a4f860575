package io.tokenguard.internal.keys;

import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import io.tokenguard.access.SignatureAlgorithm;
import io.tokenguard.spi.KeySource;
import io.tokenguard.spi.VerificationKey;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Keys that are loaded from elsewhere, and loaded anew in the background before they grow old. A request waits only where
 * no key is known at all, or where it names a key that is not known and a load that may bring it is under way: at most a
 * second, and at most 64 requests at once. No lock is held.
 */
public final class RemoteKeySource implements KeySource {
    private static final long LONGEST_WAIT_MILLIS = 1_000;
    private static final int MOST_WAITING = 64;

    private final KeyRefresher refresher;
    private final KeyRefreshPolicy policy;
    private final Clock clock;
    private final Semaphore places = new Semaphore(MOST_WAITING);
    private final AtomicLong lastOnDemand = new AtomicLong();

    private RemoteKeySource(Supply supply, KeySetLoader loader) {
        this.policy = supply.policy;
        this.clock = supply.clock;
        this.refresher = new KeyRefresher(supply.issuer, loader, policy, clock, supply.timer);
    }

    /**
     * What every way of loading needs.
     *
     * @param issuer whose keys they are, for the operator
     * @param policy when they are loaded
     * @param clock tells how old they are
     * @param timer starts loads; loading ends when it is shut down
     */
    public record Supply(String issuer, KeyRefreshPolicy policy, Clock clock, ScheduledExecutorService timer) {}

    /** Keys that the issuer's metadata leads to. */
    public static RemoteKeySource discovered(
            URI issuer, AddressPolicy addresses, DocumentFetcher fetcher, Supply supply) {
        return started(supply, new Discovery(issuer, fetcher, addresses::allows, supply.clock));
    }

    /** Keys at an address. */
    public static RemoteKeySource at(URI jwksUri, DocumentFetcher fetcher, Supply supply) {
        return started(supply, KeySetLoader.at(jwksUri, fetcher));
    }

    /** Keys in a file, which may be replaced while the application runs. */
    public static RemoteKeySource in(Path file, long largest, Supply supply) {
        return started(supply, KeySetLoader.in(file, largest));
    }

    private static RemoteKeySource started(Supply supply, KeySetLoader loader) {
        RemoteKeySource source = new RemoteKeySource(supply, loader);
        source.refresher.refresh();
        return source;
    }

    /** Whether keys are known now. */
    public boolean isServing() {
        return refresher.current() != null;
    }

    @Override
    public VerificationKey find(@Nullable String keyId, SignatureAlgorithm algorithm) throws RefusedException {
        KeySet keys = refresher.current();
        boolean isUnknown = keys != null && keyId != null && !keys.knows(keyId);
        if (isUnknown) {
            startOnDemand();
        }
        if (keys == null || isUnknown) {
            await(refresher.underWay());
            keys = refresher.current();
        }
        if (keys == null) {
            throw new RefusedException(RefusalReason.KEYS_UNAVAILABLE);
        }
        return keys.find(keyId, algorithm);
    }

    /** Starts a load for a key that is not known, once in a cooldown. */
    private void startOnDemand() {
        long now = clock.millis();
        long last = lastOnDemand.get();
        boolean isDue = now - last >= policy.cooldown().toMillis();
        if (refresher.underWay() == null && isDue && lastOnDemand.compareAndSet(last, now)) {
            refresher.refresh();
        }
    }

    /** Waits for a load, where there is one and not too many requests wait already. */
    private void await(@Nullable CompletableFuture<Void> load) {
        if (load == null || !places.tryAcquire()) {
            return;
        }
        try {
            load.get(LONGEST_WAIT_MILLIS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException notInTime) {
            return;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            places.release();
        }
    }
}

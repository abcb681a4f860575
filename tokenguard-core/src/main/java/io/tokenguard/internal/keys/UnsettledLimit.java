package io.tokenguard.internal.keys;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.tokenguard.access.AddressRange;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import io.tokenguard.access.RefusedException.Finding;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Limits how many requests of one client network get 503 because their key ID is unknown and no load of keys has settled
 * whether it exists. Further ones get 401, so that invalid tokens can't make a node look broken to a load balancer. Counts at
 * most 10 000 networks. Thread-safe.
 */
public final class UnsettledLimit {
    private static final int MOST_NETWORKS = 10_000;
    private static final Duration KEPT = Duration.ofSeconds(2);

    private final int mostPerSecond;
    private final LongSupplier nanoTime;
    private final Cache<Optional<AddressRange>, Count> counts;

    /**
     * A limit.
     *
     * @param mostPerSecond how many requests of one network get 503 in a second
     * @param nanoTime the time, from a source that never jumps
     */
    public UnsettledLimit(int mostPerSecond, LongSupplier nanoTime) {
        this.mostPerSecond = mostPerSecond;
        this.nanoTime = nanoTime;
        this.counts = Caffeine.newBuilder()
                .maximumSize(MOST_NETWORKS)
                .expireAfterWrite(KEPT)
                .ticker(nanoTime::getAsLong)
                .executor(Runnable::run)
                .build();
    }

    private record Count(long second, int requests) {
        static Count add(Count before, long now) {
            return new Count(now, before.second == now ? before.requests + 1 : 1);
        }
    }

    /**
     * The refusal of a request: unchanged, or 401 if its network has exceeded its limit.
     *
     * @param network the network of its client; empty if it is not known
     */
    public RefusedException limited(Supplier<Optional<AddressRange>> network, RefusedException refused) {
        return !isUnsettled(refused) || isWithin(network.get())
                ? refused
                : new RefusedException(
                        RefusalReason.KEY_UNKNOWN,
                        "",
                        () -> Finding.of(
                                "a kid that no key set had so far, from a network that sent many", "a published key"));
    }

    private static boolean isUnsettled(RefusedException refused) {
        return refused.reason() == RefusalReason.KEYS_UNAVAILABLE
                && refused.detail().equals(RemoteKeySource.UNSETTLED);
    }

    private boolean isWithin(Optional<AddressRange> network) {
        long now = TimeUnit.NANOSECONDS.toSeconds(nanoTime.getAsLong());
        Count count = counts.asMap().merge(network, new Count(now, 1), (before, first) -> Count.add(before, now));
        return count.requests <= mostPerSecond;
    }
}

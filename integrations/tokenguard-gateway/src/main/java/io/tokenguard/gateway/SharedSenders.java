package io.tokenguard.gateway;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.tokenguard.internal.limits.Limit;
import io.tokenguard.internal.limits.Limiter;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The senders whose requests this node counts in the shared store, for one limit. Bounds how many a node adds to it: beyond,
 * new senders get no place until others have all of their requests again. Thread-safe.
 *
 * @param limit the limit
 * @param most how many senders
 * @param names the names of their buckets
 */
record SharedSenders(Limit limit, int most, Cache<String, Boolean> names) {
    static SharedSenders of(Limit limit, Limiter.Terms terms) {
        LongSupplier nanoTime = terms.nanoTime();
        return new SharedSenders(
                limit,
                terms.maxBuckets(),
                Caffeine.newBuilder()
                        .expireAfterAccess(LimitBuckets.untilFull(limit.rate()))
                        .ticker(nanoTime::getAsLong)
                        .executor(Runnable::run)
                        .build());
    }

    /** The name of the sender's bucket; empty if there is no place for it. */
    Optional<String> name(Limiter.Sender sender) {
        String name = BucketName.of(limit, SenderKey.of(sender, limit.key()));
        return names.getIfPresent(name) != null || takesPlace(name) ? Optional.of(name) : Optional.empty();
    }

    private boolean takesPlace(String name) {
        if (names.estimatedSize() >= most) {
            names.cleanUp();
        }
        boolean hasPlace = names.estimatedSize() < most;
        if (hasPlace) {
            names.put(name, Boolean.TRUE);
        }
        return hasPlace;
    }
}

package io.tokenguard.gateway;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.EstimationProbe;
import io.tokenguard.internal.limits.Limit;
import io.tokenguard.internal.limits.Limiter;
import io.tokenguard.internal.limits.Rate;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * The token buckets of one limit, one for each sender. A bucket that nobody uses is removed once it would be full again. If
 * there are too many, those that are used least are evicted, so that a flood of new senders does not displace those that are
 * near their limit.
 *
 * @param limit the limit
 * @param buckets the buckets, by {@link SenderKey}
 * @param full makes a full bucket
 * @param item the limit's name in header fields, quoted
 * @param policy its item in {@code RateLimit-Policy}
 */
record LimitBuckets(
        Limit limit, Cache<Object, Bucket> buckets, Function<Object, Bucket> full, String item, String policy) {
    private static final Duration SHORTEST_LIFE = Duration.ofSeconds(1);

    static LimitBuckets of(Limit limit, Limiter.Terms terms) {
        LongSupplier nanoTime = terms.nanoTime();
        Rate rate = limit.rate();
        Cache<Object, Bucket> buckets = Caffeine.newBuilder()
                .maximumSize(terms.maxBuckets())
                .expireAfterAccess(untilFull(rate))
                .ticker(nanoTime::getAsLong)
                .executor(Runnable::run)
                .build();
        String item = '"' + limit.name() + '"';
        return new LimitBuckets(
                limit,
                buckets,
                unused -> TokenBuckets.of(rate.burst(), rate.requests(), rate.period(), nanoTime),
                item,
                item + ";q=" + rate.requests() + ";w=" + rate.period().toSeconds());
    }

    /** After this time without a request, a bucket is full, and so is a new one. */
    static Duration untilFull(Rate rate) {
        double periods = Math.ceil((double) rate.burst() / rate.requests());
        Duration full = rate.period().multipliedBy((long) periods);
        return full.compareTo(SHORTEST_LIFE) < 0 ? SHORTEST_LIFE : full;
    }

    ConsumptionProbe consume(Limiter.Sender sender, long cost) {
        return bucket(sender).tryConsumeAndReturnRemaining(cost);
    }

    /** Whether {@link #consume} would succeed now. */
    EstimationProbe estimate(Limiter.Sender sender, long cost) {
        return bucket(sender).estimateAbilityToConsume(cost);
    }

    /** How long a bucket takes to be full again, in nanoseconds. */
    long nanosUntilFull(long remaining) {
        Rate rate = limit.rate();
        return rate.period()
                .multipliedBy(Math.max(0, rate.burst() - remaining))
                .dividedBy(rate.requests())
                .toNanos();
    }

    void giveBack(Limiter.Sender sender, long cost) {
        bucket(sender).addTokens(cost);
    }

    private Bucket bucket(Limiter.Sender sender) {
        return buckets.get(SenderKey.of(sender, limit.key()), full);
    }
}

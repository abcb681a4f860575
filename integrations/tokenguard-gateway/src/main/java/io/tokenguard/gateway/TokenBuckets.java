package io.tokenguard.gateway;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.function.LongSupplier;

/** Makes token buckets in memory. */
final class TokenBuckets {
    private TokenBuckets() {}

    /**
     * A full bucket.
     *
     * @param capacity how many tokens it has at most
     * @param refill how many it gets in a period, evenly
     */
    static Bucket of(long capacity, long refill, Duration period, LongSupplier nanoTime) {
        return Bucket.builder()
                .withCustomTimePrecision(new Nanoseconds(nanoTime))
                .addLimit(limit -> limit.capacity(capacity).refillGreedy(refill, period))
                .build();
    }

    private record Nanoseconds(LongSupplier nanoTime) implements TimeMeter {
        @Override
        public long currentTimeNanos() {
            return nanoTime.getAsLong();
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    }
}

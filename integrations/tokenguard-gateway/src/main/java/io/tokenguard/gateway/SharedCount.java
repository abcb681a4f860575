package io.tokenguard.gateway;

import io.tokenguard.internal.limits.Charge;
import io.tokenguard.internal.limits.Limiter.Count;
import io.tokenguard.internal.limits.Limiter.Excess;
import io.tokenguard.spi.SharedState.RequestCountStore.Bucket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a shared store has counted for a request.
 *
 * @param limiter knows how limits are shown
 * @param charges what the request costs
 * @param buckets the sender's bucket of each limit
 * @param held how many requests each bucket held before
 */
record SharedCount(BucketLimiter limiter, List<Charge> charges, List<Bucket> buckets, List<Double> held) {
    private static final double NANOS = 1e9;

    Count count() {
        Optional<Count> refused = refused();
        return refused.isPresent() ? refused.get() : granted();
    }

    /** The refusal by the first enforced limit that the request exceeds; the limits before it are shown as they are. */
    private Optional<Count> refused() {
        RateFields fields = new RateFields();
        for (int i = 0; i < buckets.size(); i++) {
            if (!buckets.get(i).isRequired()) {
                continue;
            }
            if (!fits(i)) {
                LimitBuckets shown = limiter.bucketsOf(charges.get(i).limit());
                Excess excess = excess(i);
                long nanos = excess.retryAfter().toNanos();
                return Optional.of(new Count(
                        fields.refused(shown.policy(), shown.item(), left(i, held.get(i)), nanos),
                        Optional.of(excess),
                        List.of()));
            }
            show(fields, i, held.get(i));
        }
        return Optional.empty();
    }

    private Count granted() {
        RateFields fields = new RateFields();
        List<Excess> reported = new ArrayList<>();
        for (int i = 0; i < buckets.size(); i++) {
            if (buckets.get(i).isRequired()) {
                show(fields, i, held.get(i) + buckets.get(i).cost());
            } else if (!fits(i)) {
                reported.add(excess(i));
            }
        }
        return new Count(fields.toMap(), Optional.empty(), reported);
    }

    private boolean fits(int i) {
        return buckets.get(i).fits(held.get(i));
    }

    private void show(RateFields fields, int i, double now) {
        LimitBuckets shown = limiter.bucketsOf(charges.get(i).limit());
        fields.granted(shown.policy(), shown.item(), left(i, now), nanos(i, now));
    }

    private Excess excess(int i) {
        Bucket bucket = buckets.get(i);
        long wait = nanos(i, held.get(i) + bucket.cost() - bucket.capacity());
        return new Excess(charges.get(i), Duration.ofNanos(wait));
    }

    private long left(int i, double now) {
        return Math.max(0, (long) Math.floor(buckets.get(i).capacity() - now));
    }

    /** How long this many requests take to leave a bucket. */
    private long nanos(int i, double requests) {
        return (long) Math.ceil(requests / buckets.get(i).perSecond() * NANOS);
    }
}

package io.tokenguard.gateway;

import io.github.bucket4j.ConsumptionProbe;
import io.tokenguard.internal.limits.Charge;
import io.tokenguard.internal.limits.Limit;
import io.tokenguard.internal.limits.Limiter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Counts in the memory of this process.
 *
 * @param brake counts bad tokens
 * @param buckets counts requests, by limit
 */
record BucketLimiter(Brake brake, Map<Limit, LimitBuckets> buckets) implements Limiter {
    static BucketLimiter of(Terms terms) {
        Map<Limit, LimitBuckets> buckets = new HashMap<>();
        terms.limits().forEach(limit -> buckets.put(limit, LimitBuckets.of(limit, terms)));
        return new BucketLimiter(new Brake(terms.brake(), terms.nanoTime()), buckets);
    }

    @Override
    public Attempt attempt(Sender sender, String token) {
        return brake.attempt(sender.address(), token);
    }

    @Override
    public Count count(List<Charge> charges, Sender sender) {
        RateFields fields = new RateFields();
        List<Excess> reported = List.of();
        for (int i = 0; i < charges.size(); i++) {
            Charge charge = charges.get(i);
            LimitBuckets counted = bucketsOf(charge.limit());
            ConsumptionProbe probe = counted.consume(sender, charge.cost());
            @Nullable Excess excess = excess(charge.limit(), probe);
            if (charge.limit().isReportOnly()) {
                reported = excess == null ? reported : joined(reported, excess);
            } else if (excess == null) {
                fields.granted(counted.policy(), counted.item(), probe);
            } else {
                giveBack(charges.subList(0, i), sender, reported);
                return new Count(
                        fields.refused(counted.policy(), counted.item(), probe), Optional.of(excess), reported);
            }
        }
        return new Count(fields.toMap(), Optional.empty(), reported);
    }

    private LimitBuckets bucketsOf(Limit limit) {
        LimitBuckets known = buckets.get(limit);
        if (known == null) {
            throw new IllegalArgumentException("unknown limit " + limit.name());
        }
        return known;
    }

    private static @Nullable Excess excess(Limit limit, ConsumptionProbe probe) {
        return probe.isConsumed() ? null : new Excess(limit, Duration.ofNanos(probe.getNanosToWaitForRefill()));
    }

    private static List<Excess> joined(List<Excess> known, Excess further) {
        List<Excess> all = new ArrayList<>(known);
        all.add(further);
        return all;
    }

    /** What a refused request has cost of the limits before. */
    private void giveBack(List<Charge> charged, Sender sender, List<Excess> exceeded) {
        for (Charge charge : charged) {
            boolean wasCounted =
                    exceeded.stream().noneMatch(excess -> excess.limit().equals(charge.limit()));
            if (wasCounted) {
                bucketsOf(charge.limit()).giveBack(sender, charge.cost());
            }
        }
    }
}

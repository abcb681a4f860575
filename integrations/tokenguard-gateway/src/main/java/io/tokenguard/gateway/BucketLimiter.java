package io.tokenguard.gateway;

import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.EstimationProbe;
import io.tokenguard.internal.limits.Charge;
import io.tokenguard.internal.limits.Limit;
import io.tokenguard.internal.limits.Limiter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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

    /** Looks at all limits before one is charged, so that a sender beyond a limit uses up nothing of shared ones. */
    @Override
    public Count count(List<Charge> charges, Sender sender) {
        if (charges.size() == 1 && !charges.get(0).limit().isReportOnly()) {
            return charged(charges.get(0), sender);
        }
        Optional<Count> refused = foreseen(charges, sender);
        return refused.isPresent() ? refused.get() : charged(charges, sender);
    }

    /** One enforced limit, as most requests have, without lists. */
    private Count charged(Charge charge, Sender sender) {
        LimitBuckets counted = bucketsOf(charge.limit());
        ConsumptionProbe probe = counted.consume(sender, charge.cost());
        long left = probe.getRemainingTokens();
        return probe.isConsumed()
                ? new Count(
                        RateFields.ofOne(counted, left, probe.getNanosToWaitForReset()), Optional.empty(), List.of())
                : refused(new RateFields(), charge, left, probe.getNanosToWaitForRefill());
    }

    /** The refusal by the first enforced limit that the request exceeds. */
    private Optional<Count> foreseen(List<Charge> charges, Sender sender) {
        RateFields fields = new RateFields();
        for (Charge charge : charges) {
            LimitBuckets counted = bucketsOf(charge.limit());
            if (charge.limit().isReportOnly()) {
                continue;
            }
            EstimationProbe probe = counted.estimate(sender, charge.cost());
            long left = probe.getRemainingTokens();
            if (!probe.canBeConsumed()) {
                return Optional.of(refused(fields, charge, left, probe.getNanosToWaitForRefill()));
            }
            fields.granted(counted.policy(), counted.item(), left, counted.nanosUntilFull(left));
        }
        return Optional.empty();
    }

    private Count refused(RateFields fields, Charge charge, long left, long nanosToWait) {
        LimitBuckets counted = bucketsOf(charge.limit());
        Excess excess = new Excess(charge, Duration.ofNanos(nanosToWait));
        return new Count(
                fields.refused(counted.policy(), counted.item(), left, nanosToWait), Optional.of(excess), List.of());
    }

    /** Enforced limits first: another request may have used up one of them meanwhile. */
    private Count charged(List<Charge> charges, Sender sender) {
        RateFields fields = new RateFields();
        List<Charge> charged = new ArrayList<>();
        for (Charge charge : charges) {
            if (charge.limit().isReportOnly()) {
                continue;
            }
            LimitBuckets counted = bucketsOf(charge.limit());
            ConsumptionProbe probe = counted.consume(sender, charge.cost());
            long left = probe.getRemainingTokens();
            if (!probe.isConsumed()) {
                charged.forEach(other -> bucketsOf(other.limit()).giveBack(sender, other.cost()));
                return refused(fields, charge, left, probe.getNanosToWaitForRefill());
            }
            charged.add(charge);
            fields.granted(counted.policy(), counted.item(), left, probe.getNanosToWaitForReset());
        }
        return new Count(fields.toMap(), Optional.empty(), reported(charges, sender));
    }

    private List<Excess> reported(List<Charge> charges, Sender sender) {
        List<Excess> reported = new ArrayList<>();
        for (Charge charge : charges) {
            if (charge.limit().isReportOnly()) {
                ConsumptionProbe probe = bucketsOf(charge.limit()).consume(sender, charge.cost());
                if (!probe.isConsumed()) {
                    reported.add(new Excess(charge, Duration.ofNanos(probe.getNanosToWaitForRefill())));
                }
            }
        }
        return reported;
    }

    @Override
    public boolean mayWait() {
        return false;
    }

    LimitBuckets bucketsOf(Limit limit) {
        LimitBuckets known = buckets.get(limit);
        if (known == null) {
            throw new IllegalArgumentException("unknown limit " + limit.name());
        }
        return known;
    }
}

package io.tokenguard.gateway;

import io.tokenguard.access.RefusedException;
import io.tokenguard.internal.limits.Charge;
import io.tokenguard.internal.limits.Limit;
import io.tokenguard.internal.limits.Limiter;
import io.tokenguard.internal.limits.Rate;
import io.tokenguard.internal.limits.TooMany;
import io.tokenguard.spi.SharedState.RequestCountStore;
import io.tokenguard.spi.SharedState.RequestCountStore.Bucket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts the requests of all nodes in their shared store. Bad tokens are counted by each node, and so are the requests of new
 * senders that are too many for the store, and of all senders while it does not answer, if that is allowed.
 *
 * @param local counts in the memory of this process
 * @param store counts the requests of all nodes
 * @param terms what is counted, and how long a request waits for the store
 * @param senders whose requests are in the store, by limit
 * @param alarm logs that the store does not answer
 */
record SharedLimiter(
        BucketLimiter local, RequestCountStore store, Terms terms, Map<Limit, SharedSenders> senders, StoreAlarm alarm)
        implements Limiter {
    static SharedLimiter of(BucketLimiter local, RequestCountStore store, Terms terms) {
        Map<Limit, SharedSenders> senders = new HashMap<>();
        terms.limits().forEach(limit -> senders.put(limit, SharedSenders.of(limit, terms)));
        return new SharedLimiter(local, store, terms, senders, new StoreAlarm(terms));
    }

    @Override
    public Attempt attempt(Sender sender, String token) {
        return local.attempt(sender, token);
    }

    @Override
    public boolean mayWait() {
        return true;
    }

    @Override
    public Count count(List<Charge> charges, Sender sender) throws RefusedException {
        List<Bucket> buckets = buckets(charges, sender);
        if (buckets.size() < charges.size()) {
            return local.count(charges, sender);
        }
        List<Double> held = held(buckets);
        if (held.size() == buckets.size()) {
            return new SharedCount(local, charges, buckets, held).count();
        }
        alarm.raise();
        boolean isRefused = !terms.sharing().failsOpen() && buckets.stream().anyMatch(Bucket::isRequired);
        if (isRefused) {
            throw TooMany.unknown();
        }
        return local.count(charges, sender);
    }

    /** The buckets of the sender; fewer than the charges if the store has no place for one of them. */
    private List<Bucket> buckets(List<Charge> charges, Sender sender) {
        List<Bucket> buckets = new ArrayList<>(charges.size());
        for (Charge charge : charges) {
            Limit limit = charge.limit();
            SharedSenders known = senders.get(limit);
            if (known == null) {
                throw new IllegalArgumentException("unknown limit " + limit.name());
            }
            known.name(sender).ifPresent(name -> buckets.add(bucket(name, charge)));
        }
        return buckets;
    }

    private static Bucket bucket(String name, Charge charge) {
        Limit limit = charge.limit();
        Rate rate = limit.rate();
        return new Bucket(name, rate.requests(), rate.period(), rate.burst(), charge.cost(), !limit.isReportOnly());
    }

    /** What the buckets hold; empty if the store does not answer, or fails in a way that it should not. */
    private List<Double> held(List<Bucket> buckets) {
        try {
            return store.count(buckets, terms.sharing().timeout()).orElse(List.of());
        } catch (RuntimeException failed) {
            alarm.unexpected(failed);
            return List.of();
        }
    }
}

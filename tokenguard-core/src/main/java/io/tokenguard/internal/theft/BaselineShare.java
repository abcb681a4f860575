package io.tokenguard.internal.theft;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * The baselines of one issuer's subjects, by hash. A fifth of the places is for new subjects, which evict each other. Those that
 * were active on enough days have the other places, and keep them until they have been idle for {@value #IDLE_DAYS} days:
 * however many new subjects come, they evict none of these. Thread-safe; a known subject is found without a lock.
 */
final class BaselineShare {
    private static final int NEW_PART = 5;
    private static final int IDLE_DAYS = 60;

    private final Cache<Long, Baseline> fresh;
    private final ConcurrentMap<Long, Baseline> settled = new ConcurrentHashMap<>();
    private volatile int most;
    private volatile int sweptOn = -1;

    BaselineShare(int most) {
        this.most = most;
        this.fresh = Caffeine.newBuilder()
                .maximumSize(places(most))
                .executor(Runnable::run)
                .build();
    }

    private static int places(int most) {
        return Math.max(1, most / NEW_PART);
    }

    /** Entries stay, as far as they fit. */
    private void resize(int places) {
        most = places;
        fresh.policy().eviction().ifPresent(eviction -> eviction.setMaximum(places(places)));
    }

    long size() {
        fresh.cleanUp();
        return fresh.estimatedSize() + settled.size();
    }

    @Nullable
    Baseline find(long subject) {
        Baseline known = settled.get(subject);
        return known == null ? fresh.getIfPresent(subject) : known;
    }

    /** The baseline of a subject, made if there is none. */
    Baseline of(long subject, BaselineLimits limits, int today) {
        if (limits.perIssuer() != most) {
            resize(limits.perIssuer());
        }
        Baseline known = settled.get(subject);
        if (known != null) {
            return known;
        }
        Baseline baseline = fresh.get(subject, unused -> new Baseline());
        if (baseline.activeDays() > limits.learningDays() && hasPlace(today)) {
            settled.put(subject, baseline);
            fresh.invalidate(subject);
        }
        return baseline;
    }

    /** A few more than the limit if many threads add at once. */
    private boolean hasPlace(int today) {
        int places = most - places(most);
        if (settled.size() >= places && sweptOn != today) {
            sweptOn = today;
            settled.values().removeIf(baseline -> today - baseline.lastDay() > IDLE_DAYS);
        }
        return settled.size() < places;
    }
}

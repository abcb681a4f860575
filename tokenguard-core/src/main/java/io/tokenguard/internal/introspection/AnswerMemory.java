package io.tokenguard.internal.introspection;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ConcurrentMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Caches the results of answers: active ones up to 32 MiB, others up to 10 000, so that a flood of bad tokens evicts no
 * active one. Also records for minutes which tokens were active. Does not cache failed calls. Uses a monotonic time source
 * for the age of a result, and the clock for the token's own expiry. Thread-safe; look-ups take no lock.
 */
final class AnswerMemory {
    /** How long a token counts as recently active after its answer has left the cache. */
    private static final Duration RECENT = Duration.ofMinutes(5);

    private static final long MOST_BYTES = 32L * 1024 * 1024;
    private static final int MOST_BAD = 10_000;

    private final Cache<TokenHash, IntrospectionResult> good;
    private final Cache<TokenHash, IntrospectionResult> bad;
    private final RecentTokens recent;
    private final Clock clock;
    private final LongSupplier nanoTime;
    private final long graceNanos;

    AnswerMemory(CallLimits limits, Clock clock, LongSupplier nanoTime) {
        Duration kept = limits.cacheTtl().plus(limits.outageGrace());
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.graceNanos = limits.outageGrace().toNanos();
        this.good = memory(kept, nanoTime)
                .maximumWeight(MOST_BYTES)
                .weigher((TokenHash hash, IntrospectionResult result) -> result.weight())
                .build();
        this.bad = memory(IntrospectionResult.REFUSED_FOR, nanoTime)
                .maximumSize(MOST_BAD)
                .build();
        this.recent = new RecentTokens(kept.plus(RECENT), nanoTime);
    }

    private static Caffeine<Object, Object> memory(Duration time, LongSupplier nanoTime) {
        return Caffeine.newBuilder()
                .expireAfterWrite(time.plusSeconds(1))
                .ticker(nanoTime::getAsLong)
                .executor(Runnable::run);
    }

    /** The newest result, if it is still fresh; null otherwise. */
    @Nullable
    IntrospectionResult find(TokenHash hash) {
        return find(hash, 0);
    }

    /** The newest result, or an active one within its grace: for when no newer answer is available. */
    @Nullable
    IntrospectionResult findInOutage(TokenHash hash) {
        return find(hash, graceNanos);
    }

    private @Nullable IntrospectionResult find(TokenHash hash, long grace) {
        IntrospectionResult accepted = good.getIfPresent(hash);
        IntrospectionResult refused = bad.getIfPresent(hash);
        IntrospectionResult newest =
                refused == null || (accepted != null && accepted.isNewerThan(refused)) ? accepted : refused;
        return newest != null && isUsable(newest, grace) ? newest : null;
    }

    private boolean isUsable(IntrospectionResult result, long grace) {
        boolean isInTime = nanoTime.getAsLong() - result.usableUntil() < (result.isGood() ? grace : 0);
        Instant end = result.tokenEnd();
        return isInTime
                && (end == null || clock.instant().isBefore(end))
                && !result.isWithdrawn().getAsBoolean();
    }

    /** Whether a token was active in the last minutes. */
    boolean wasActive(TokenHash hash) {
        return recent.contains(hash);
    }

    long badOnes() {
        bad.cleanUp();
        return bad.estimatedSize();
    }

    /**
     * Caches a result and drops all older ones, unless a newer one is cached: answers may arrive in another order than their
     * requests were sent. The last check is for a newer result that arrived meanwhile.
     */
    void remember(TokenHash hash, IntrospectionResult result) {
        remember(result.isGood(), hash);
        ConcurrentMap<TokenHash, IntrospectionResult> own = (result.isGood() ? good : bad).asMap();
        ConcurrentMap<TokenHash, IntrospectionResult> other = (result.isGood() ? bad : good).asMap();
        if (isUsable(result, graceNanos)) {
            own.merge(hash, result, (known, fresh) -> known.isNewerThan(fresh) ? known : fresh);
        } else {
            own.computeIfPresent(hash, (unused, known) -> known.isNewerThan(result) ? known : null);
        }
        other.computeIfPresent(hash, (unused, known) -> known.isNewerThan(result) ? known : null);
        if (other.containsKey(hash)) {
            own.remove(hash, result);
        }
    }

    private void remember(boolean isActive, TokenHash hash) {
        if (isActive) {
            recent.add(hash);
        } else {
            recent.remove(hash);
        }
    }
}

package io.tokenguard.internal.introspection;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Remembers what answers came to, for seconds: good ones up to 32 MiB, bad ones up to 10000, so that no flood of bad tokens
 * pushes good ones out. Nothing is remembered of a call that failed. Thread-safe; look-ups take no lock.
 */
final class AnswerMemory {
    private static final Duration LONGEST = Duration.ofSeconds(15);
    private static final long MOST_BYTES = 32L * 1024 * 1024;
    private static final int MOST_BAD = 10_000;

    private final Cache<TokenHash, IntrospectionResult> good;
    private final Cache<TokenHash, IntrospectionResult> bad;
    private final Clock clock;

    AnswerMemory(Clock clock) {
        this.clock = clock;
        this.good = memory(clock)
                .maximumWeight(MOST_BYTES)
                .weigher((TokenHash hash, IntrospectionResult verdict) -> verdict.weight())
                .build();
        this.bad = memory(clock).maximumSize(MOST_BAD).build();
    }

    private static Caffeine<Object, Object> memory(Clock clock) {
        return Caffeine.newBuilder()
                .expireAfterWrite(LONGEST)
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                .executor(Runnable::run);
    }

    /** The newest verdict that is still good to use; null where there is none. */
    @Nullable
    IntrospectionResult find(TokenHash hash) {
        IntrospectionResult accepted = good.getIfPresent(hash);
        IntrospectionResult refused = bad.getIfPresent(hash);
        IntrospectionResult newest =
                refused == null || (accepted != null && accepted.isNewerThan(refused)) ? accepted : refused;
        return newest != null && clock.instant().isBefore(newest.until()) ? newest : null;
    }

    long badOnes() {
        bad.cleanUp();
        return bad.estimatedSize();
    }

    /**
     * Remembers a verdict in the place of all older ones, unless a newer one is known: answers may come in another order than
     * the questions were put. What came last looks once more at what came meanwhile, so that no older one outlives it.
     */
    void remember(TokenHash hash, IntrospectionResult verdict) {
        ConcurrentMap<TokenHash, IntrospectionResult> own = (verdict.isGood() ? good : bad).asMap();
        ConcurrentMap<TokenHash, IntrospectionResult> other = (verdict.isGood() ? bad : good).asMap();
        if (clock.instant().isBefore(verdict.until())) {
            own.merge(hash, verdict, (known, fresh) -> known.isNewerThan(fresh) ? known : fresh);
        } else {
            own.computeIfPresent(hash, (unused, known) -> known.isNewerThan(verdict) ? known : null);
        }
        other.computeIfPresent(hash, (unused, known) -> known.isNewerThan(verdict) ? known : null);
        if (other.containsKey(hash)) {
            own.remove(hash, verdict);
        }
    }
}

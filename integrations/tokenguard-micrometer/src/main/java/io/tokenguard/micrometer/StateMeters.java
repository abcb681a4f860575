package io.tokenguard.micrometer;

import io.tokenguard.access.GuardStats.StateStats;
import io.tokenguard.access.GuardStats.TokenCacheStats;
import java.util.function.ToDoubleFunction;

/**
 * The meters without labels: readiness, token cache, revocations, used proofs and status lists.
 *
 * @param meters registers them
 * @param source is read
 */
record StateMeters(Meters meters, BoundGuard source) {
    void bind() {
        meters.gauge(
                Meter.of("tokenguard.ready", "1 if requests can be decided"),
                source,
                guard -> guard.health().isReady() ? 1 : 0);
        meters.gauge(
                Meter.of("tokenguard.degraded", "1 if an operator should look"),
                source,
                guard -> guard.health().isDegraded() ? 1 : 0);
        cache();
        state();
    }

    private void cache() {
        String lookups = "tokenguard.token.cache.gets";
        String description = "Tokens whose verified result was, or was not, in the token cache";
        count(Meter.of(lookups, description, "result", "hit"), TokenCacheStats::hits);
        count(Meter.of(lookups, description, "result", "miss"), TokenCacheStats::misses);
        count(
                Meter.of("tokenguard.token.cache.evictions", "Entries evicted because the token cache was full"),
                TokenCacheStats::evictions);
        size(Meter.of("tokenguard.token.cache.entries", "Entries of the token cache"), TokenCacheStats::entries);
        size(
                Meter.of("tokenguard.token.cache.size", "Estimated heap size of the token cache")
                        .in("bytes"),
                TokenCacheStats::bytes);
        size(
                Meter.of("tokenguard.token.cache.max", "Limit of the heap size of the token cache")
                        .in("bytes"),
                TokenCacheStats::maxBytes);
    }

    private void state() {
        held(Meter.of("tokenguard.revocations.held", "Revocations in memory"), StateStats::revocations);
        meters.counter(
                Meter.of("tokenguard.revocations.received", "Revocations by the application and by issuers"),
                source,
                guard -> guard.stats().state().revocationsReceived());
        held(
                Meter.of(
                                "tokenguard.revocations.lag",
                                "Age of the last complete state of the shared store; NaN without one")
                        .in("seconds"),
                state -> state.revocationLag().map(lag -> lag.toNanos() / 1e9).orElse(Double.NaN));
        held(Meter.of("tokenguard.proofs.held", "DPoP proofs in the replay memory"), StateStats::usedProofs);
        held(Meter.of("tokenguard.status.lists.held", "Status lists in memory"), StateStats::statusLists);
    }

    private void count(Meter meter, ToDoubleFunction<TokenCacheStats> value) {
        meters.counter(meter, source, guard -> value.applyAsDouble(guard.stats().tokenCache()));
    }

    private void size(Meter meter, ToDoubleFunction<TokenCacheStats> value) {
        meters.gauge(meter, source, guard -> value.applyAsDouble(guard.stats().tokenCache()));
    }

    private void held(Meter meter, ToDoubleFunction<StateStats> value) {
        meters.gauge(meter, source, guard -> value.applyAsDouble(guard.stats().state()));
    }
}

package io.tokenguard.micrometer;

import io.tokenguard.access.GuardStats;
import io.tokenguard.access.GuardStats.IntrospectionStats;
import io.tokenguard.access.GuardStats.KeyLoadStats;
import io.tokenguard.access.GuardStats.SignatureStats;
import io.tokenguard.access.GuardStats.Timings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * The meters of signatures, loads of keys and introspection calls.
 *
 * @param meters registers them
 * @param source is read
 */
record OperationMeters(Meters meters, BoundGuard source) {
    private static final String SIGNATURES = "tokenguard.signatures";
    private static final String LOADS = "tokenguard.key.loads";
    private static final String CALLS = "tokenguard.introspection.calls";

    void bind(GuardStats stats) {
        stats.signatures().forEach(this::signatures);
        stats.keyLoads().forEach(loads -> loads(loads.issuer()));
        stats.introspection().forEach(calls -> calls(calls.issuer()));
    }

    private void signatures(SignatureStats named) {
        Function<GuardStats, Optional<SignatureStats>> part = stats -> stats.signatures().stream()
                .filter(one ->
                        one.algorithm() == named.algorithm() && one.provider().equals(named.provider()))
                .findFirst();
        String[] tags = {"algorithm", named.algorithm().toString(), "provider", named.provider()};
        count(SIGNATURES, "Verified signatures", with(tags, "outcome", "valid"), part, SignatureStats::valid);
        count(SIGNATURES, "Verified signatures", with(tags, "outcome", "invalid"), part, SignatureStats::invalid);
        timings(
                new Times("tokenguard.signature.verification", "How long signatures took to verify", tags),
                stats -> part.apply(stats).map(SignatureStats::timings));
    }

    private void loads(String issuer) {
        Function<GuardStats, Optional<KeyLoadStats>> part = stats -> stats.keyLoads().stream()
                .filter(one -> one.issuer().equals(issuer))
                .findFirst();
        String[] tags = {"issuer", issuer};
        count(LOADS, "Loads of keys", with(tags, "outcome", "succeeded"), part, KeyLoadStats::succeeded);
        count(LOADS, "Loads of keys", with(tags, "outcome", "failed"), part, KeyLoadStats::failed);
        timings(
                new Times("tokenguard.key.load", "How long loads of keys took", tags),
                stats -> part.apply(stats).map(KeyLoadStats::timings));
    }

    private void calls(String issuer) {
        Function<GuardStats, Optional<IntrospectionStats>> part = stats -> stats.introspection().stream()
                .filter(one -> one.issuer().equals(issuer))
                .findFirst();
        String[] tags = {"issuer", issuer};
        count(CALLS, "Introspection calls", with(tags, "outcome", "active"), part, IntrospectionStats::active);
        count(CALLS, "Introspection calls", with(tags, "outcome", "inactive"), part, IntrospectionStats::inactive);
        count(CALLS, "Introspection calls", with(tags, "outcome", "failed"), part, IntrospectionStats::failed);
        meters.gauge(
                Meter.of("tokenguard.introspection.stopped", "1 while introspection calls are stopped", tags),
                source,
                guard -> part.apply(guard.stats())
                                .filter(IntrospectionStats::isStopped)
                                .isPresent()
                        ? 1
                        : 0);
        timings(
                new Times("tokenguard.introspection.call", "How long introspection calls took", tags),
                stats -> part.apply(stats).map(IntrospectionStats::timings));
    }

    private <T> void count(
            String name,
            String description,
            String[] tags,
            Function<GuardStats, Optional<T>> part,
            ToLongFunction<T> count) {
        meters.counter(
                Meter.of(name, description, tags),
                source,
                guard -> part.apply(guard.stats()).map(count::applyAsLong).orElse(0L));
    }

    @SuppressWarnings("ArrayRecordComponent") // made and read in one statement
    private record Times(String name, String description, String... tags) {}

    /** The count and the sum as a timer, and how many were within each limit. Prometheus reserves the suffix bucket. */
    private void timings(Times times, Function<GuardStats, Optional<Timings>> part) {
        meters.timer(
                Meter.of(times.name(), times.description(), times.tags()),
                source,
                guard -> part.apply(guard.stats()).map(Timings::count).orElse(0L),
                guard -> part.apply(guard.stats())
                        .map(timings -> (double) timings.total().toNanos())
                        .orElse(0.0));
        List<String> limits = new ArrayList<>();
        Timings.limits().forEach(limit -> limits.add(seconds(limit)));
        limits.add("+Inf");
        for (int i = 0; i < limits.size(); i++) {
            int last = i;
            meters.counter(
                    Meter.of(
                            times.name() + ".within",
                            times.description() + ": how many took at most le seconds",
                            with(times.tags(), "le", limits.get(i))),
                    source,
                    guard -> part.apply(guard.stats())
                            .map(timings -> upTo(timings, last))
                            .orElse(0L));
        }
    }

    private static long upTo(Timings timings, int last) {
        return timings.counts().subList(0, last + 1).stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    private static String seconds(Duration limit) {
        return String.valueOf(limit.toNanos() / 1e9);
    }

    private static String[] with(String[] tags, String name, String value) {
        String[] more = Arrays.copyOf(tags, tags.length + 2);
        more[tags.length] = name;
        more[tags.length + 1] = value;
        return more;
    }
}

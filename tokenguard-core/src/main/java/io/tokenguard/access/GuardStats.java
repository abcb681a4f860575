package io.tokenguard.access;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A snapshot of what a guard has counted since it was built. Immutable.
 *
 * <p>Counts never decrease, and survive {@code reconfigure}; they start at zero in each process. Texts are constants, or stand
 * in the configuration: no token, subject, client or path of a request is among them, so their number is bounded.
 *
 * @param decisions decisions about requests and tokens
 * @param tokenCache the token cache of the current configuration
 * @param signatures verified signatures of tokens and DPoP proofs, by algorithm and provider
 * @param keyLoads loads of keys, by issuer
 * @param introspection calls to introspection endpoints, by issuer
 * @param state revocations, used proofs and status lists that this node holds
 */
public record GuardStats(
        Decisions decisions,
        TokenCacheStats tokenCache,
        List<SignatureStats> signatures,
        List<KeyLoadStats> keyLoads,
        List<IntrospectionStats> introspection,
        StateStats state) {
    /** Copies the lists. */
    public GuardStats {
        signatures = List.copyOf(signatures);
        keyLoads = List.copyOf(keyLoads);
        introspection = List.copyOf(introspection);
    }

    /**
     * Decisions. The check of a token that was accepted earlier in the same request counts only if it refuses.
     *
     * @param byRoute by route: the rule as configured, such as {@code GET /orders/**}; {@code none} if no rule matched,
     *     {@code supplied} if an adapter supplied the requirement, {@code token} for a token without a request, {@code feed} for
     *     refused logout tokens and security events
     * @param byIssuer by issuer as configured, which may be a template; {@code other} for any other issuer. Requests without a
     *     readable token are not among them. The issuer of a refused token is what the token states and may be forged
     * @param refusals by reason; every reason is present
     * @param wouldRefuse what report-only requirements would have refused, by reason; every reason is present
     * @param suspicions signs of theft, by kind; every kind is present
     */
    public record Decisions(
            List<Outcomes> byRoute,
            List<Outcomes> byIssuer,
            Map<RefusalReason, Long> refusals,
            Map<RefusalReason, Long> wouldRefuse,
            Map<TheftSignal.Kind, Long> suspicions) {
        /** Copies lists and maps. */
        public Decisions {
            byRoute = List.copyOf(byRoute);
            byIssuer = List.copyOf(byIssuer);
            refusals = Map.copyOf(new EnumMap<>(refusals));
            wouldRefuse = Map.copyOf(new EnumMap<>(wouldRefuse));
            suspicions = Map.copyOf(new EnumMap<>(suspicions));
        }
    }

    /**
     * Decisions with the same label.
     *
     * @param label the route or the issuer
     * @param granted granted
     * @param refused refused, with a verdict about the request
     * @param unavailable refused with 503, because it could not be decided
     * @param wouldRefuse of those granted, how often a report-only requirement or limit would have refused; 0 for issuers
     */
    public record Outcomes(String label, long granted, long refused, long unavailable, long wouldRefuse) {}

    /**
     * The token cache.
     *
     * @param hits tokens whose verified result was taken from the cache
     * @param misses tokens that were verified in full
     * @param evictions entries that were evicted because the cache was full
     * @param entries the approximate number of entries
     * @param bytes the estimated heap size of the entries, in bytes
     * @param maxBytes the limit of {@code bytes}; 0 if the cache is off
     */
    public record TokenCacheStats(long hits, long misses, long evictions, long entries, long bytes, long maxBytes) {}

    /**
     * Verified signatures.
     *
     * @param algorithm the algorithm
     * @param provider the cryptographic provider, such as {@code SunRsaSign}
     * @param valid valid signatures
     * @param invalid invalid signatures
     * @param timings how long each verification took
     */
    public record SignatureStats(
            SignatureAlgorithm algorithm, String provider, long valid, long invalid, Timings timings) {}

    /**
     * Loads of one issuer's keys.
     *
     * @param issuer the issuer as configured; the tenants of a template count together
     * @param succeeded loads that brought keys
     * @param failed loads that failed
     * @param timings how long each load took
     */
    public record KeyLoadStats(String issuer, long succeeded, long failed, Timings timings) {}

    /**
     * Calls to one issuer's introspection endpoint.
     *
     * @param issuer the issuer as configured
     * @param active answers with a token that is active and accepted
     * @param inactive answers by which the token is refused
     * @param failed calls without a usable answer
     * @param isStopped whether calls are stopped now, because the circuit is open or the endpoint limits them
     * @param timings how long each call took
     */
    public record IntrospectionStats(
            String issuer, long active, long inactive, long failed, boolean isStopped, Timings timings) {}

    /**
     * What this node holds.
     *
     * @param revocations revocations, including those that ended within the last hour
     * @param revocationsReceived revocations that this node's application or an issuer made since the start, without those of
     *     other nodes
     * @param revocationLag how long ago the revocations of other nodes were last known to be complete; empty if never, or
     *     without a shared store
     * @param usedProofs DPoP proofs in this node's replay memory, including those that expired within the last minutes
     * @param statusLists status lists in memory
     */
    public record StateStats(
            long revocations,
            long revocationsReceived,
            Optional<Duration> revocationLag,
            long usedProofs,
            long statusLists) {}

    /**
     * A histogram of durations, with limits that double from 16 µs to about 17 s.
     *
     * @param counts how many durations are at most as long as each of {@link #limits()} and longer than the one before; the
     *     last count, one more than there are limits, is of all that are longer
     * @param total the sum of all durations
     */
    public record Timings(List<Long> counts, Duration total) {
        private static final int SMALLEST_MICROS = 16;
        private static final List<Duration> LIMITS = IntStream.rangeClosed(0, 20)
                .mapToObj(power -> Duration.ofNanos((1_000L * SMALLEST_MICROS) << power))
                .toList();

        /** Copies the counts. */
        public Timings {
            counts = List.copyOf(counts);
        }

        /** The limits, ascending; the same in each histogram. */
        public static List<Duration> limits() {
            return LIMITS;
        }

        /** The number of durations. */
        public long count() {
            return counts.stream().mapToLong(Long::longValue).sum();
        }
    }
}

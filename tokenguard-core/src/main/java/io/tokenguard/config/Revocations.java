package io.tokenguard.config;

import io.tokenguard.access.ConfigurationException;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.internal.bounds.Bounds;
import io.tokenguard.spi.RevocationStore;
import java.time.Duration;
import java.util.Optional;

/**
 * Revocation of tokens by this API, and its shared store. Immutable: each method returns a new value.
 *
 * @param store shares revocations with other nodes. Default: none; this node knows only its own
 * @param outage what happens to tokens while it is not known whether they were revoked, because the store is behind or the
 *     memory is full. Default: {@link FailurePolicy#FAIL_CLOSED}
 * @param outageAfter how far the store may be behind. Default: 60 s; 1 s to 1 h. A revocation by another node may take effect that late
 * @param storeTimeout how long a request with a DPoP proof waits for the shared store. Default: 250 ms; 20 ms to 5 s
 * @param retention how long a revocation without an end of its own is kept. Default: the longest accepted lifetime of a
 *     token and twice the clock skew; longer, up to 401 days, if tokens do not say when they were issued
 * @param capacity how many revocations are kept, at 48 bytes each. Default: 1000000; 1000 to 50000000
 * @see io.tokenguard.TokenGuardBuilder#revocations(Revocations)
 */
public record Revocations(
        Optional<RevocationStore> store,
        FailurePolicy outage,
        Duration outageAfter,
        Duration storeTimeout,
        Optional<Duration> retention,
        int capacity) {
    private static final Duration LONGEST_RETENTION = Duration.ofDays(401);

    /** Revocations are known on this node only. */
    public static Revocations local() {
        return new Revocations(
                Optional.empty(),
                FailurePolicy.FAIL_CLOSED,
                Duration.ofSeconds(60),
                Duration.ofMillis(250),
                Optional.empty(),
                1_000_000);
    }

    /** Revocations are known on all nodes that share a store. It is closed with the guard. */
    public static Revocations shared(RevocationStore store) {
        return local().store(store);
    }

    /** Sets the store with the revocations of other nodes. It is closed with the guard. */
    public Revocations store(RevocationStore chosen) {
        return new Revocations(Optional.of(chosen), outage, outageAfter, storeTimeout, retention, capacity);
    }

    /** What happens to tokens while it is not known whether they were revoked. */
    public Revocations outage(FailurePolicy chosen) {
        return new Revocations(store, chosen, outageAfter, storeTimeout, retention, capacity);
    }

    /**
     * How far the store may be behind.
     *
     * @throws ConfigurationException if it is less than 1 s or more than 1 h
     */
    public Revocations outageAfter(Duration age) {
        Duration bounded =
                Bounds.between("tokenguard.revocation.outage-after", age, Duration.ofSeconds(1), Duration.ofHours(1));
        return new Revocations(store, outage, bounded, storeTimeout, retention, capacity);
    }

    /**
     * How long a request with a DPoP proof waits for the shared store. If it does not answer in time, the request gets 503, or,
     * with {@link FailurePolicy#FAIL_OPEN} after {@link #outageAfter()}, this node decides alone. A request under a limit that
     * nodes share waits as long. No other request waits for it.
     *
     * @throws ConfigurationException if it is less than 20 ms or more than 5 s
     */
    public Revocations storeTimeout(Duration limit) {
        Duration bounded = Bounds.between(
                "tokenguard.revocation.store-timeout", limit, Duration.ofMillis(20), Duration.ofSeconds(5));
        return new Revocations(store, outage, outageAfter, bounded, retention, capacity);
    }

    /**
     * How long a revocation without an end of its own is kept.
     *
     * @throws ConfigurationException if it is more than 401 days, or, in {@link io.tokenguard.TokenGuardBuilder#build()}, less than the
     *     lifetime of tokens
     */
    public Revocations retention(Duration life) {
        Duration bounded =
                Bounds.between("tokenguard.revocation.retention", life, Duration.ofSeconds(1), LONGEST_RETENTION);
        return new Revocations(store, outage, outageAfter, storeTimeout, Optional.of(bounded), capacity);
    }

    /**
     * How many revocations are kept. If there are more, none is dropped, and tokens are decided by the
     * {@linkplain #outage(FailurePolicy) outage policy}.
     *
     * @throws ConfigurationException if it is less than 1000 or more than 50000000
     */
    public Revocations capacity(int revocations) {
        int bounded = Bounds.between("tokenguard.revocation.capacity", revocations, 1_000, 50_000_000);
        return new Revocations(store, outage, outageAfter, storeTimeout, retention, bounded);
    }

    /**
     * What happens to requests that can't be decided because a shared store does not answer. Tokens known to be revoked are refused
     * in any case.
     */
    public enum FailurePolicy {
        /** They get 503 ({@link RefusalReason#REVOCATION_UNKNOWN}, {@link RefusalReason#LIMIT_STORE_UNAVAILABLE}). */
        FAIL_CLOSED,
        /**
         * They are accepted, and a warning is logged. Revocations of other nodes may take effect late, and each node counts its own
         * requests.
         */
        FAIL_OPEN
    }
}

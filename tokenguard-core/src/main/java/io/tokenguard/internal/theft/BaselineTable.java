package io.tokenguard.internal.theft;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * The baselines of one process: at most a number of subjects, in equal shares for the issuers of the configuration. Only
 * accepted tokens make an entry, and no token of one issuer takes the place of another issuer's subject. Outlives a
 * configuration. Thread-safe.
 */
public final class BaselineTable {
    private final KeyedHash hash = KeyedHash.ofThisProcess();
    private final ConcurrentMap<String, BaselineShare> shares = new ConcurrentHashMap<>();

    /** An empty table. */
    public BaselineTable() {}

    KeyedHash hash() {
        return hash;
    }

    /** How many subjects are in it, about. */
    long size() {
        return shares.values().stream().mapToLong(BaselineShare::size).sum();
    }

    /**
     * What is known of a subject; null if nothing is.
     *
     * @param issuer the issuer as it is configured: a bounded set
     */
    @Nullable
    Baseline find(String issuer, long subject) {
        BaselineShare share = shares.get(issuer);
        return share == null ? null : share.find(subject);
    }

    /** The baseline of a subject, made if there is none. */
    Baseline of(String issuer, long subject, BaselineLimits limits, int today) {
        return shares.computeIfAbsent(issuer, unused -> new BaselineShare(limits.perIssuer()))
                .of(subject, limits, today);
    }
}

package io.tokenguard.internal.issuers;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Limits how many calls tokens that name new issuers can cause: 60 a minute to one host, by all templates. Thread-safe.
 *
 * @param budgets the budget of each host
 * @param nanoTime the time, from a source that never jumps
 */
public record HostCalls(Map<String, FairBudget> budgets, LongSupplier nanoTime) {
    private static final int MOST = 60;
    /** Metadata has two addresses (OpenID Connect Discovery 1.0 §4, RFC 8414 §3.1), or one and a key set. */
    private static final int OF_A_NAME = 2;

    /** No calls yet. */
    public HostCalls(LongSupplier nanoTime) {
        this(new ConcurrentHashMap<>(), nanoTime);
    }

    /** How many names may be tried at a host. */
    FairBudget of(String host) {
        return budgets.computeIfAbsent(host, unused -> new FairBudget(MOST / OF_A_NAME, nanoTime));
    }
}

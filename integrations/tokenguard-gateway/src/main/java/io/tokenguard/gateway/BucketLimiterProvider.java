package io.tokenguard.gateway;

import io.tokenguard.internal.limits.Limiter;

/**
 * Makes guards limit requests as {@code tokenguard.limits} and {@code tokenguard.brake.mode} say. Found by {@link
 * java.util.ServiceLoader}: it is enough that this module is on the class path or module path.
 */
public final class BucketLimiterProvider implements Limiter.Provider {
    /** For {@link java.util.ServiceLoader}. */
    public BucketLimiterProvider() {}

    @Override
    public Limiter open(Limiter.Terms terms) {
        BucketLimiter local = BucketLimiter.of(terms);
        return terms.sharing()
                .store()
                .<Limiter>map(store -> SharedLimiter.of(local, store, terms))
                .orElse(local);
    }
}

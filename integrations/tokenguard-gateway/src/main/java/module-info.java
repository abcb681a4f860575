/** Limits requests, and brakes senders of bad tokens. */
module io.tokenguard.gateway {
    requires transitive io.tokenguard;
    requires com.github.benmanes.caffeine;
    requires io.github.bucket4j.core;
    requires org.slf4j;
    requires static org.jspecify;

    exports io.tokenguard.gateway;

    provides io.tokenguard.internal.limits.Limiter.Provider with
            io.tokenguard.gateway.BucketLimiterProvider;
}

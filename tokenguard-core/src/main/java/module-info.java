/** Decides whether an access token is good for a request. */
module io.tokenguard {
    requires com.github.benmanes.caffeine;
    requires java.net.http;
    requires org.jose4j;
    requires org.slf4j;
    requires static org.conscrypt;
    requires static jdk.jfr;
    requires static org.jspecify;

    exports io.tokenguard;
    exports io.tokenguard.access;
    exports io.tokenguard.config;
    exports io.tokenguard.spi;
    exports io.tokenguard.internal.limits to
            io.tokenguard.gateway;

    uses java.security.Provider;
    uses io.tokenguard.TokenGuard.Console.Provider;
    uses io.tokenguard.internal.limits.Limiter.Provider;
    uses io.tokenguard.spi.SharedState.Provider;
}

/** Shares revocations, used proofs and the nonce secret between nodes, through Redis or Valkey. */
module io.tokenguard.redis {
    requires transitive io.tokenguard;
    requires transitive lettuce.core;
    requires io.netty.common;
    requires io.netty.transport;
    requires io.tokenguard.internal.store;
    requires org.slf4j;
    requires static org.jspecify;

    exports io.tokenguard.redis;

    provides io.tokenguard.spi.SharedState.Provider with
            io.tokenguard.redis.RedisStateProvider;
}

/** Shares revocations and replay memory between nodes. */
module io.tokenguard.redis {
    requires transitive io.tokenguard;
    requires static org.jspecify;
}

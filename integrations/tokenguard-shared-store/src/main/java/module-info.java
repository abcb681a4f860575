/** What the stores of TokenGuard have in common. Not API: no other module can use it, and it changes without notice. */
module io.tokenguard.internal.store {
    requires transitive io.tokenguard;
    requires transitive org.slf4j;
    requires static org.jspecify;

    exports io.tokenguard.internal.store to
            io.tokenguard.redis,
            io.tokenguard.jdbc;
}

/** Keeps revocations, used proofs, received event tokens and the nonce secret in a relational database. */
module io.tokenguard.jdbc {
    requires transitive io.tokenguard;
    requires transitive java.sql;
    requires io.tokenguard.internal.store;
    requires org.slf4j;
    requires static org.jspecify;

    exports io.tokenguard.jdbc;

    uses java.sql.Driver;

    provides io.tokenguard.spi.SharedState.Provider with
            io.tokenguard.jdbc.JdbcStateProvider;
}

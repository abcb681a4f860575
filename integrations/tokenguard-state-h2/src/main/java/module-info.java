/** Keeps the state of one node in a folder, in an H2 database. */
module io.tokenguard.h2 {
    requires transitive io.tokenguard;
    requires io.tokenguard.jdbc;
    requires com.h2database;
    requires java.naming;
    requires org.slf4j;
    requires static org.jspecify;

    exports io.tokenguard.h2;

    provides io.tokenguard.spi.SharedState.Provider with
            io.tokenguard.h2.FolderStateProvider;
}

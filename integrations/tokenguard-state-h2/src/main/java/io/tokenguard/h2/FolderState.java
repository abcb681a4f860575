package io.tokenguard.h2;

import io.tokenguard.access.ConfigurationException;
import io.tokenguard.jdbc.JdbcSettings;
import io.tokenguard.jdbc.JdbcState;
import io.tokenguard.spi.ReplayStore;
import io.tokenguard.spi.RevocationStore;
import io.tokenguard.spi.SharedState;
import io.tokenguard.spi.SharedState.WriteStore;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.h2.Driver;
import org.h2.api.ErrorCode;
import org.h2.jdbcx.JdbcDataSource;

/**
 * State in an H2 database in a folder. Each commit is written to the file before it returns; a revocation is flushed to the
 * disk too. One process at a time uses the folder. Thread-safe.
 */
final class FolderState implements SharedState {
    static final String KEY = "tokenguard.state.folder";
    private static final String NAME = "tokenguard";

    private final Connection anchor;
    private final SharedState state;

    private FolderState(Connection anchor, SharedState state) {
        this.anchor = anchor;
        this.state = state;
    }

    /**
     * Opens the database, or creates it.
     *
     * @throws ConfigurationException if the folder can't be used, or another process uses it
     */
    static FolderState open(Path folder, Optional<String> tablePrefix, Terms terms) {
        OwnerOnlyFolder own = new OwnerOnlyFolder(folder.toAbsolutePath().normalize());
        requireNoSemicolon(own);
        own.prepare();
        own.createFile(NAME + ".mv.db");
        JdbcDataSource database = database(own.path());
        // Keeps the database open, and locked, for as long as the state is.
        Connection anchor = anchor(database, own);
        try {
            JdbcSettings usual = JdbcState.of(database);
            return new FolderState(
                    anchor, tablePrefix.map(usual::tablePrefix).orElse(usual).open(terms));
        } catch (RuntimeException failure) {
            close(anchor);
            throw failure;
        }
    }

    /** A semicolon in a path would start another setting of H2. */
    private static void requireNoSemicolon(OwnerOnlyFolder folder) {
        if (folder.path().toString().indexOf(';') >= 0) {
            throw folder.refused("use a path without a semicolon");
        }
    }

    /** Without delay of writes, trace file, and a hook that closes the database while the process still answers requests. */
    private static JdbcDataSource database(Path folder) {
        JdbcDataSource database = new JdbcDataSource();
        database.setURL("jdbc:h2:file:" + folder.resolve(NAME)
                + ";WRITE_DELAY=0;TRACE_LEVEL_FILE=0;TRACE_LEVEL_SYSTEM_OUT=0;DB_CLOSE_ON_EXIT=FALSE");
        database.setUser("tokenguard");
        database.setPassword("");
        return database;
    }

    private static Connection anchor(JdbcDataSource database, OwnerOnlyFolder folder) {
        try {
            return database.getConnection();
        } catch (SQLException failure) {
            throw folder.refused(
                    failure.getErrorCode() == ErrorCode.DATABASE_ALREADY_OPEN_1
                            ? "another process uses this folder; stop it, give this one a folder of its own, or share"
                                    + " state through a database with tokenguard.state.jdbc-uri"
                            : "the database in the folder can't be opened (H2 error " + failure.getErrorCode()
                                    + "); restore the folder from a backup, or name an empty one, which forgets all"
                                    + " revocations");
        }
    }

    @Override
    public RevocationStore revocations() {
        return state.revocations();
    }

    @Override
    public ReplayStore replays() {
        return state.replays();
    }

    @Override
    public Optional<ReceivedTokenStore> receivedTokens() {
        return state.receivedTokens();
    }

    @Override
    public Optional<RollUpStore> rollUps() {
        return state.rollUps();
    }

    @Override
    public Optional<WriteStore> writes() {
        return state.writes();
    }

    @Override
    public Optional<String> nonceSecret() {
        return state.nonceSecret();
    }

    /** Closes the database, and takes H2's driver from the list that would keep a web application's class loader. */
    @Override
    public void close() {
        state.close();
        close(anchor);
        if (!ClassLoader.getSystemClassLoader().equals(Driver.class.getClassLoader())) {
            Driver.unload();
        }
    }

    private static void close(Connection connection) {
        try {
            connection.close();
        } catch (SQLException broken) {
            // The lock on the file ends with the process.
        }
    }
}

package io.tokenguard.jdbc;

import io.tokenguard.spi.SharedState.Location;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;

/** An H2 database on disk. */
final class LocalH2 implements TestDatabase {
    private final JdbcDataSource dataSource = new JdbcDataSource();
    /** Keeps the database open between tests. */
    @SuppressWarnings("unused")
    private final Connection anchor;

    LocalH2() {
        try {
            dataSource.setURL(
                    "jdbc:h2:file:" + Files.createTempDirectory("tokenguard-h2").resolve("state")
                            + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE");
            anchor = dataSource.getConnection();
        } catch (IOException | SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    @Override
    public DataSource dataSource() {
        return dataSource;
    }

    @Override
    public Location location() {
        return Location.of(URI.create(dataSource.getURL()));
    }

    @Override
    public String toString() {
        return "H2";
    }
}

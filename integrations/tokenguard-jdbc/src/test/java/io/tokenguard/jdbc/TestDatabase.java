package io.tokenguard.jdbc;

import io.tokenguard.spi.SharedState.Location;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/** A real database. Ends with the virtual machine; JUnit would close it after the first test if it could. */
interface TestDatabase {
    AtomicInteger PREFIXES = new AtomicInteger();

    DataSource dataSource();

    Location location();

    /** Tables that no other test uses. */
    static String prefix() {
        return "t" + PREFIXES.incrementAndGet() + "_";
    }

    default void execute(String... statements) {
        try (Connection connection = dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    default long number(String select) {
        try (Connection connection = dataSource().getConnection();
                Statement statement = connection.createStatement();
                var rows = statement.executeQuery(select)) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }
}

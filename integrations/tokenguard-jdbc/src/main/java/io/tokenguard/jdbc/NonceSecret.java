package io.tokenguard.jdbc;

import io.tokenguard.internal.store.FailureLog;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The nonce secret of all nodes (RFC 9449 §8): created once, by the first node, and restored if it is lost. Written by one
 * thread, read by all.
 */
final class NonceSecret {
    private static final int BYTES = 32;
    private static final int SHORTEST = 32;

    private final Tables tables;
    private final FailureLog<Concern> failures;
    private volatile @Nullable String text;

    NonceSecret(Tables tables, FailureLog<Concern> failures) {
        this.tables = tables;
        this.failures = failures;
    }

    Optional<String> text() {
        return Optional.ofNullable(text);
    }

    void read(JdbcSession session) throws SQLException {
        String known = text;
        session.insertNew(
                tables.in("INSERT INTO {state} (name, number, text) VALUES ('" + StateRows.NONCE_SECRET + "', 0, ?)"),
                known == null ? random() : known);
        List<String> found = session.query(
                tables.in("SELECT text FROM {state} WHERE name = '" + StateRows.NONCE_SECRET + "'"),
                row -> row.getString(1));
        if (found.isEmpty() || found.get(0).length() < SHORTEST) {
            failures.begin(Concern.SECRET, Failure.SECRET_UNREADABLE);
            return;
        }
        text = found.get(0);
        failures.end(Concern.SECRET);
    }

    private static String random() {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}

package io.tokenguard.jdbc;

import io.tokenguard.spi.SharedState.ReceivedTokenStore;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

/** The event tokens and logout tokens that any node has processed. Thread-safe; a call takes at most 500 ms. */
final class JdbcReceivedTokens implements ReceivedTokenStore {
    private static final Duration LIMIT = Duration.ofMillis(500);
    private static final Base64.Encoder TEXT = Base64.getUrlEncoder().withoutPadding();

    private final Tables tables;
    private final RequestWorkers workers;
    private final StateKeeper keeper;

    JdbcReceivedTokens(Tables tables, RequestWorkers workers, StateKeeper keeper) {
        this.tables = tables;
        this.workers = workers;
        this.keeper = keeper;
    }

    @Override
    public boolean contains(byte[] token) {
        String select = tables.in("SELECT 1 FROM {received_token} WHERE token = ?");
        return isTrue(session -> !session.query(select, row -> row.getInt(1), TEXT.encodeToString(token))
                .isEmpty());
    }

    @Override
    public void add(byte[] token, Instant forgetAt) {
        String insert = tables.in("INSERT INTO {received_token} (token, forget_at) VALUES (?, ?)");
        long end = RevocationTable.inMillis(forgetAt).toEpochMilli();
        boolean unused = isTrue(session -> session.insertNew(insert, TEXT.encodeToString(token), end));
    }

    private boolean isTrue(RequestWorkers.Work<Boolean> question) {
        if (keeper.connection() == StateKeeper.NO_CONNECTION) {
            return false;
        }
        try {
            return workers.ask(question, LIMIT);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        } catch (SQLException unknown) {
            return false;
        }
    }
}

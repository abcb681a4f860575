package io.tokenguard.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Sessions whose connections break while nobody uses them. */
class RequestWorkersTest {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final TestDatabase database = new LocalH2();
    private final Queue<Connection> opened = new ConcurrentLinkedQueue<>();
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE);
    private final RequestWorkers workers = new RequestWorkers(this::open, nanos::get);

    private Connection open() throws SQLException {
        Connection connection = database.dataSource().getConnection();
        opened.add(connection);
        return connection;
    }

    @AfterEach
    void stop() {
        workers.close();
    }

    private int answer() throws SQLException, InterruptedException {
        return workers.ask(
                session -> session.query("SELECT 1", row -> row.getInt(1)).get(0), LIMIT);
    }

    private void breakConnections() throws SQLException {
        for (Connection connection : opened) {
            connection.close();
        }
    }

    @Test
    void aBrokenSessionIsReplacedBeforeARequestUsesIt() throws Exception {
        workers.prepare();
        breakConnections();
        nanos.addAndGet(Duration.ofSeconds(20).toNanos());
        workers.probeIdle();
        await().until(() -> opened.size() == 2);
        assertThat(answer()).isEqualTo(1);
        assertThat(opened).hasSize(2);
    }

    @Test
    void aSessionThatWorksIsKept() throws Exception {
        workers.prepare();
        for (int i = 0; i < 3; i++) {
            nanos.addAndGet(Duration.ofSeconds(20).toNanos());
            workers.probeIdle();
            assertThat(answer()).isEqualTo(1);
        }
        await().until(() -> answer() == 1);
        assertThat(opened.peek().isClosed()).isFalse();
    }

    @Test
    void aSessionThatWasUsedLatelyIsNotTested() throws Exception {
        workers.prepare();
        breakConnections();
        nanos.addAndGet(Duration.ofSeconds(20).toNanos() - 1);
        workers.probeIdle();
        workers.close();
        assertThat(opened).hasSize(1);
    }
}

package io.tokenguard.jdbc;

import io.tokenguard.access.ConfigurationException;
import io.tokenguard.spi.ReplayStore;
import io.tokenguard.spi.RevocationStore;
import io.tokenguard.spi.SharedState;
import io.tokenguard.spi.SharedState.RequestCountStore;
import io.tokenguard.spi.SharedState.WriteStore;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;

/**
 * Revocations, key bans, used proofs, received event tokens and the nonce secret in a relational database.
 *
 * <p>Revocations are numbered in the order of their commits. Each node reads all of them before it is in sync, and what is
 * added five times a second; tokens are checked against the node's own memory. A revocation is published when it is
 * committed. A proof is a row with a unique key. An epoch separates what the database remembers from what it may have lost:
 * after a failover, a restart or a restored backup, nodes write again what is missing, and proofs made before are refused
 * once.
 *
 * <p>Requests that are limited are counted in rows, one for each sender, which are locked for a moment.
 *
 * <p>Uses one connection, one more for proofs, received tokens and limits, and two more under load; never more than four, and
 * one more for a moment each minute while the console is served. A request with a proof or under a limit waits for as long as
 * the guard sets, 250 ms by default, for each of the two; other requests never wait. Thread-safe.
 */
public final class JdbcState implements SharedState {
    static final String KEY = "tokenguard.state.jdbc-uri";

    /** How long opening waits for the database. */
    private static final Duration START_LIMIT = Duration.ofSeconds(5);

    private static final Duration STEP_OF_CLOSING = Duration.ofSeconds(1);
    private static final int MOST_REVOCATIONS = 100_000;

    private final ConnectionSource source;
    private final RequestWorkers workers;
    private final StateKeeper keeper;
    private final Thread thread;
    private final JdbcRevocationStore revocations;
    private final JdbcReplayStore replays;
    private final JdbcReceivedTokens receivedTokens;
    private final JdbcRequestCounts requestCounts;
    private final JdbcRollUps rollUps;
    private final JdbcWriteStore writes;
    private final AtomicBoolean closed = new AtomicBoolean();

    private JdbcState(JdbcParts parts, Schema schema) {
        source = parts.source();
        workers = new RequestWorkers(source, System::nanoTime);
        RevocationReader reader =
                new RevocationReader(new RevocationTable(parts.tables()), parts.log(), parts.failures(), parts.clock());
        keeper = new StateKeeper(parts, schema, reader, workers);
        revocations = new JdbcRevocationStore(keeper, reader, parts);
        replays = new JdbcReplayStore(keeper, new ProofTable(parts.tables(), workers), parts.failures());
        receivedTokens = new JdbcReceivedTokens(parts.tables(), workers, keeper);
        requestCounts = new JdbcRequestCounts(keeper, parts, workers);
        rollUps = new JdbcRollUps(parts, keeper);
        writes = new JdbcWriteStore(parts, workers, keeper);
        thread = new Thread(keeper, "tokenguard-jdbc-keeper");
        thread.setDaemon(true);
    }

    /**
     * Describes the state in the database of a data source.
     *
     * @param dataSource a pool with at least four connections for TokenGuard, or a data source that opens one for each call
     */
    public static JdbcSettings of(DataSource dataSource) {
        return new JdbcSettings(dataSource, new Tables(Tables.USUAL_PREFIX));
    }

    /**
     * Opens the state at a {@code jdbc:} address. Waits up to 5 s for the tables to be created and read. If the database is
     * unreachable, returns without them, and requests are answered by the outage policy until they are read.
     *
     * @throws ConfigurationException if no driver accepts the address, the table prefix is not one, or the tables can't be
     *     created or used
     */
    public static JdbcState open(Location location, Terms terms) {
        Tables tables = new Tables(location.tablePrefix().orElse(Tables.USUAL_PREFIX));
        return open(DriverSource.of(location), tables, terms);
    }

    static JdbcState open(ConnectionSource source, Tables tables, Terms terms) {
        return open(source, new Schema(tables), terms);
    }

    static JdbcState open(ConnectionSource source, Schema schema, Terms terms) {
        JdbcParts parts = new JdbcParts(
                schema.tables(),
                terms.clock(),
                source,
                new WriteBackLog(terms.clock(), System::nanoTime, MOST_REVOCATIONS),
                Concern.log());
        JdbcState state = new JdbcState(parts, schema);
        state.thread.start();
        try {
            state.keeper.awaitFirstTry(START_LIMIT);
            return state;
        } catch (ConfigurationException refused) {
            state.close();
            throw refused;
        }
    }

    @Override
    public RevocationStore revocations() {
        return revocations;
    }

    @Override
    public ReplayStore replays() {
        return replays;
    }

    @Override
    public Optional<ReceivedTokenStore> receivedTokens() {
        return Optional.of(receivedTokens);
    }

    @Override
    public Optional<RequestCountStore> requestCounts() {
        return Optional.of(requestCounts);
    }

    @Override
    public Optional<RollUpStore> rollUps() {
        return Optional.of(rollUps);
    }

    @Override
    public Optional<WriteStore> writes() {
        return Optional.of(writes);
    }

    @Override
    public Optional<String> nonceSecret() {
        return keeper.nonceSecret();
    }

    /** Closes connections and ends threads, within 5 s. Revocations that wait are written if that can be done at once. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        keeper.close();
        try {
            thread.join(STEP_OF_CLOSING.toMillis());
            if (thread.isAlive()) {
                keeper.abort();
                thread.join(STEP_OF_CLOSING.toMillis());
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        workers.close();
        source.close();
    }
}

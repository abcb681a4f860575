package io.tokenguard.jdbc;

import io.tokenguard.access.Revocation;
import io.tokenguard.spi.RevocationStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/** The revocations of all nodes, in one table. Thread-safe. */
final class JdbcRevocationStore implements RevocationStore {
    /** How long a caller waits for the commit. */
    static final Duration COMMIT_LIMIT = Duration.ofSeconds(2);

    /** The longest life of a token that can be configured, and a day. */
    private static final Duration LONGEST_LIFE = Duration.ofDays(401);

    private final StateKeeper keeper;
    private final RevocationReader reader;
    private final JdbcParts parts;

    JdbcRevocationStore(StateKeeper keeper, RevocationReader reader, JdbcParts parts) {
        this.keeper = keeper;
        this.reader = reader;
        this.parts = parts;
    }

    @Override
    public void follow(Consumer<Revocation> memory) {
        reader.follow(memory);
    }

    @Override
    public boolean publish(Revocation revocation) {
        Instant end =
                revocation.forgetAt().orElseGet(() -> parts.clock().instant().plus(LONGEST_LIFE));
        Revocation bounded = new Revocation(
                revocation.kind(),
                revocation.target(),
                revocation.issuedBefore().map(RevocationTable::inMillis),
                Optional.of(RevocationTable.inMillis(end)),
                revocation.retainedFrom().map(RevocationTable::inMillis),
                revocation.origin());
        if (!parts.log().add(bounded)) {
            parts.failures().begin(Concern.PUBLISHING, Failure.OVERFLOW);
            return false;
        }
        keeper.wake();
        try {
            return parts.log().awaitStored(bounded, COMMIT_LIMIT);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public Optional<Duration> sinceSync() {
        return reader.sinceSync();
    }

    @Override
    public Optional<String> trouble() {
        return parts.failures().mostSerious(Concern::isOfRevocations);
    }

    /** Does nothing: the state closes the shared resources. */
    @Override
    public void close() {}
}

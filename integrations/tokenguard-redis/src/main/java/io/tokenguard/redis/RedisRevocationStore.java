package io.tokenguard.redis;

import io.tokenguard.access.Revocation;
import io.tokenguard.spi.RevocationStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The revocations of all nodes, in one stream. Thread-safe; no call waits for Redis. */
final class RedisRevocationStore implements RevocationStore {
    /** The longest life of a token that can be configured, and a day. */
    private static final Duration LONGEST_LIFE = Duration.ofDays(401);

    private final Link link;
    private final RedisParts parts;
    private final Runnable onClose;
    private volatile @Nullable RevocationStream tail;
    private volatile @Nullable Thread thread;

    RedisRevocationStore(Link link, RedisParts parts, Runnable onClose) {
        this.link = link;
        this.parts = parts;
        this.onClose = onClose;
    }

    @Override
    public void follow(Consumer<Revocation> memory) {
        RevocationStream follower = new RevocationStream(
                link, parts.writeBackLog(), parts.failures(), parts.keys().revocations(), memory);
        tail = follower;
        link.inform(follower);
        Thread reader = new Thread(follower, "tokenguard-redis-tail");
        reader.setDaemon(true);
        thread = reader;
        reader.start();
    }

    @Override
    public boolean publish(Revocation revocation) {
        Instant end =
                revocation.forgetAt().orElseGet(() -> parts.clock().instant().plus(LONGEST_LIFE));
        Revocation bounded = new Revocation(
                revocation.kind(),
                revocation.target(),
                revocation.issuedBefore().map(RedisRevocationStore::inMillis),
                Optional.of(inMillis(end)),
                revocation.retainedFrom().map(RedisRevocationStore::inMillis),
                revocation.origin());
        boolean isKept = parts.writeBackLog().add(bounded);
        if (!isKept) {
            parts.failures().begin(Concern.PUBLISHING, Failure.OVERFLOW);
        }
        link.wake();
        return isKept;
    }

    /**
     * Rounded up to milliseconds, as entries contain them: revokes what the revocation revokes, and is not forgotten early.
     */
    private static Instant inMillis(Instant moment) {
        Instant bounded = moment.isAfter(RevocationEntry.LATEST) ? RevocationEntry.LATEST : moment;
        return Instant.ofEpochMilli(bounded.plusNanos(999_999).toEpochMilli());
    }

    @Override
    public Optional<Duration> sinceSync() {
        RevocationStream follower = tail;
        return follower == null ? Optional.empty() : follower.sinceSync();
    }

    @Override
    public Optional<String> trouble() {
        return parts.failures().mostSerious(Concern::isOfRevocations);
    }

    /** Ends the reading. */
    void stop() throws InterruptedException {
        RevocationStream follower = tail;
        Thread reader = thread;
        if (follower != null && reader != null) {
            follower.close();
            reader.interrupt();
            reader.join(1_000);
        }
    }

    @Override
    public void close() {
        onClose.run();
    }
}

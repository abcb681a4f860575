package io.tokenguard.redis;

import io.lettuce.core.StreamMessage;
import io.lettuce.core.XReadArgs;
import io.lettuce.core.XReadArgs.StreamOffset;
import io.tokenguard.access.Revocation;
import io.tokenguard.internal.store.FailureLog;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the stream on its own thread and connection: from its first entry, then from where it stopped, even after failures,
 * and from the first again if entries may be lost.
 */
final class RevocationStream implements Runnable {
    private static final int PAGE = 1_000;
    private static final long WAIT_MILLIS = 200;
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final long PAUSE_NANOS = 20_000_000;
    private static final long UNREADABLE_NANOS = Duration.ofMinutes(10).toNanos();

    private final Link link;
    private final WriteBackLog writeBackLog;
    private final FailureLog<Concern> failures;
    private final String key;
    private final Consumer<Revocation> memory;
    private final AtomicBoolean startsOver = new AtomicBoolean();
    private volatile String position = EntryId.FIRST;
    private volatile boolean closed;
    private volatile @Nullable Long inSyncAt;
    private boolean isRereading;
    private @Nullable Long unreadableAt;

    RevocationStream(
            Link link,
            WriteBackLog writeBackLog,
            FailureLog<Concern> failures,
            String key,
            Consumer<Revocation> memory) {
        this.link = link;
        this.writeBackLog = writeBackLog;
        this.failures = failures;
        this.key = key;
        this.memory = memory;
    }

    /** The last entry that was read. */
    String position() {
        return position;
    }

    /** How long ago the stream was read to its end. */
    Optional<Duration> sinceSync() {
        Long moment = inSyncAt;
        return moment == null ? Optional.empty() : Optional.of(Duration.ofNanos(System.nanoTime() - moment));
    }

    /** Reads the whole stream again, as its entries may be lost. */
    void startOver() {
        startsOver.set(true);
    }

    void close() {
        closed = true;
    }

    @Override
    public void run() {
        while (!closed) {
            try {
                RedisSession session = link.session();
                if (session == null) {
                    LockSupport.parkNanos(PAUSE_NANOS);
                } else {
                    read(session);
                    failures.end(Concern.READING);
                }
            } catch (InterruptedException closing) {
                return;
            } catch (RuntimeException | Error failure) {
                failures.begin(Concern.READING, Failure.of(failure));
                LockSupport.parkNanos(10 * PAUSE_NANOS);
            }
        }
    }

    private void read(RedisSession session) throws InterruptedException {
        if (startsOver.getAndSet(false)) {
            writeBackLog.doubt();
            position = EntryId.FIRST;
            isRereading = true;
        }
        long asked = System.nanoTime();
        List<StreamMessage<String, String>> page = next(session);
        if (session.isOver() || startsOver.get()) {
            // An entry that was read may be one that is lost.
            page.forEach(entry -> RevocationEntry.read(entry.getBody()).ifPresent(this::handOn));
            return;
        }
        page.forEach(this::take);
        if (page.size() < PAGE) {
            settle(asked);
        }
    }

    private List<StreamMessage<String, String>> next(RedisSession session) throws InterruptedException {
        XReadArgs args = XReadArgs.Builder.block(WAIT_MILLIS).count(PAGE);
        @SuppressWarnings("unchecked")
        List<StreamMessage<String, String>> page =
                Answer.within(PATIENCE, session.tail().xread(args, StreamOffset.from(key, position)));
        return page == null ? List.of() : page;
    }

    private void take(StreamMessage<String, String> entry) {
        position = entry.getId();
        RevocationEntry.read(entry.getBody())
                .ifPresentOrElse(
                        revocation -> {
                            writeBackLog.stored(revocation);
                            handOn(revocation);
                        },
                        this::skip);
    }

    private void handOn(Revocation revocation) {
        try {
            memory.accept(revocation);
        } catch (RuntimeException failure) {
            failures.unexpected("adding a revocation", failure);
        }
    }

    /** Anyone who can write to Redis can write anything: an invalid entry does not stop valid ones from taking effect. */
    private void skip() {
        unreadableAt = System.nanoTime();
        failures.begin(Concern.ENTRIES, Failure.UNREADABLE);
    }

    private void settle(long asked) {
        inSyncAt = asked;
        if (isRereading) {
            isRereading = false;
            writeBackLog.writeOwnAgain();
            link.othersAreMissing();
        }
        Long last = unreadableAt;
        if (last != null && asked - last > UNREADABLE_NANOS) {
            unreadableAt = null;
            failures.end(Concern.ENTRIES);
        }
    }
}

package io.tokenguard.internal.assembly;

import io.tokenguard.access.AccessToken;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import io.tokenguard.internal.pipeline.DecisionPipeline;
import io.tokenguard.internal.waiting.WouldWaitException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Streams that end with their token. Each is checked about once a second, by the configuration in effect. Bounded in all, and
 * for each subject. Thread-safe. Streams end on threads of their own, because an application may block while it closes one.
 */
final class WatchedStreams implements AutoCloseable {
    private static final int MOST = 100_000;
    private static final int MOST_OF_ONE = MOST / 10;
    private static final int MOST_THREADS = 64;
    private static final long IDLE_SECONDS = 30;

    private final Set<WatchedStream> streams = ConcurrentHashMap.newKeySet();
    private final Map<String, Integer> owners = new ConcurrentHashMap<>();
    private final AtomicInteger withToken = new AtomicInteger();
    private final AtomicInteger withoutToken = new AtomicInteger();
    private final AtomicBoolean isStarted = new AtomicBoolean();
    private final AtomicInteger followed = new AtomicInteger();
    private final Supplier<AssembledGuard> current;
    private final LongSupplier nanoTime;
    private final ExecutorService ends = threads(MOST_THREADS);
    private final ExecutorService sweeps = threads(1);
    private volatile boolean isClosed;

    WatchedStreams(Supplier<AssembledGuard> current, LongSupplier nanoTime) {
        this.current = current;
        this.nanoTime = nanoTime;
    }

    /** The queue holds one task a stream at most, and so is bounded. */
    private static ExecutorService threads(int most) {
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                most, most, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), WatchedStreams::thread);
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "tokenguard-stream");
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Watches a stream. Checks its token at once.
     *
     * @return stops watching
     * @throws RefusedException if the token is no longer accepted, or if too many streams are watched
     */
    Runnable watch(WatchedStream stream) throws RefusedException {
        if (!enter(stream)) {
            throw new RefusedException(RefusalReason.INTERNAL_FAILURE, "too many streams are watched");
        }
        streams.add(stream);
        if (isStarted.compareAndSet(false, true)) {
            follow();
        }
        try {
            if (stream.token().isPresent()) {
                current.get().pipeline().validateAgain(stream.token().get());
            }
        } catch (RefusedException | RuntimeException | Error over) {
            boolean unused = leave(stream);
            throw over;
        }
        if (isClosed) {
            end(stream, RefusalReason.INTERNAL_FAILURE);
        }
        return () -> leave(stream);
    }

    private boolean enter(WatchedStream stream) {
        if (size(stream).incrementAndGet() > MOST) {
            size(stream).decrementAndGet();
            return false;
        }
        if (stream.token().isPresent() && owners.merge(stream.owner(), 1, Integer::sum) > MOST_OF_ONE) {
            release(stream);
            return false;
        }
        return true;
    }

    private boolean leave(WatchedStream stream) {
        boolean isMine = streams.remove(stream);
        if (isMine) {
            release(stream);
        }
        return isMine;
    }

    private void release(WatchedStream stream) {
        size(stream).decrementAndGet();
        if (stream.token().isPresent()) {
            owners.computeIfPresent(stream.owner(), (owner, count) -> count > 1 ? count - 1 : null);
        }
    }

    /** Anyone can open streams without a token, which take no place of the others. */
    private AtomicInteger size(WatchedStream stream) {
        return stream.token().isPresent() ? withToken : withoutToken;
    }

    /** A configuration has taken effect: its timer starts the checks from now on. */
    void follow() {
        if (isStarted.get()) {
            schedule(followed.incrementAndGet());
        }
    }

    private void schedule(int turn) {
        if (isClosed || turn != followed.get()) {
            return;
        }
        try {
            var unused = current.get().parts().workers().timer().schedule(() -> begin(turn), 1, TimeUnit.SECONDS);
        } catch (RejectedExecutionException replaced) {
            // The timer of a replaced configuration: the next one follows.
        }
    }

    private void begin(int turn) {
        try {
            sweeps.execute(() -> {
                try {
                    sweep();
                } finally {
                    schedule(turn);
                }
            });
        } catch (RejectedExecutionException closed) {
            // A closed guard watches nothing.
        }
    }

    private void sweep() {
        if (streams.isEmpty()) {
            return;
        }
        long now = nanoTime.getAsLong();
        DecisionPipeline atOnce = current.get().pipeline().withoutWaiting();
        for (WatchedStream stream : streams) {
            if (stream.isOverdue(now)) {
                end(stream, RefusalReason.NO_CREDENTIALS);
            }
            stream.token().ifPresent(token -> check(stream, token, atOnce));
        }
    }

    private void check(WatchedStream stream, AccessToken token, DecisionPipeline pipeline) {
        try {
            pipeline.validateAgain(token);
        } catch (RefusedException over) {
            end(stream, over.reason());
        } catch (WouldWaitException wait) {
            if (stream.beginCheck()) {
                elsewhere(() -> checkWaiting(stream, token));
            }
        }
    }

    private void checkWaiting(WatchedStream stream, AccessToken token) {
        try {
            current.get().pipeline().validateAgain(token);
        } catch (RefusedException over) {
            end(stream, over.reason());
        } finally {
            stream.endCheck();
        }
    }

    private void end(WatchedStream stream, RefusalReason reason) {
        if (leave(stream)) {
            elsewhere(() -> tell(stream, reason));
        }
    }

    private void elsewhere(Runnable work) {
        try {
            ends.execute(work);
        } catch (RejectedExecutionException closed) {
            work.run();
        }
    }

    private void tell(WatchedStream stream, RefusalReason reason) {
        try {
            stream.tell(reason);
        } catch (RuntimeException | Error failure) {
            current.get().pipeline().reporter().notifier().failures().observerFailed(failure);
        }
    }

    /** Ends all streams: nothing would check them any more. */
    @Override
    public void close() {
        isClosed = true;
        streams.forEach(stream -> end(stream, RefusalReason.INTERNAL_FAILURE));
        sweeps.shutdown();
        ends.shutdown();
    }
}

package io.tokenguard.eventloops;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import reactor.blockhound.BlockHound;

/** A thread that must not block: BlockHound throws an error where it would. */
final class EventLoop implements AutoCloseable {
    private static final String NAME = "event-loop";

    static {
        // The names of Vert.x's own threads, too.
        BlockHound.builder()
                .nonBlockingThreadPredicate(
                        known -> known.or(thread -> thread.getName().contains("eventloop-thread")
                                || thread.getName().equals(NAME)))
                .install();
    }

    private final ExecutorService thread = Executors.newSingleThreadExecutor(work -> new Thread(work, NAME));

    /** Installs the check, for threads that are named like those of Vert.x. */
    static void watch() {}

    /** Runs a step on the loop. Fails with what it throws. */
    <T> T run(Callable<T> step) throws InterruptedException, TimeoutException, ExecutionException {
        return thread.submit(step).get(20, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}

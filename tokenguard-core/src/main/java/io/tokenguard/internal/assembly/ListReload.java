package io.tokenguard.internal.assembly;

import io.tokenguard.internal.authorization.NamedLists;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/** Reads the named lists of a guard again every ten seconds. */
final class ListReload {
    private static final int SECONDS = 10;

    private ListReload() {}

    /** Starts. Ends with the guard's timer. The timer's own thread never waits for a file. */
    static void start(AssembledGuard guard) {
        NamedLists lists = guard.pipeline().steps().denials().sources().lists();
        if (lists.isEmpty()) {
            return;
        }
        Workers workers = guard.parts().workers();
        Executor threads = workers.network().workers();
        try {
            Future<?> unused = workers.timer()
                    .scheduleWithFixedDelay(() -> reload(lists, threads), SECONDS, SECONDS, TimeUnit.SECONDS);
        } catch (RejectedExecutionException closed) {
            // A closed guard decides nothing more.
        }
    }

    private static void reload(NamedLists lists, Executor threads) {
        try {
            threads.execute(lists::reload);
        } catch (RejectedExecutionException busyOrClosed) {
            // The next turn tries again.
        }
    }
}

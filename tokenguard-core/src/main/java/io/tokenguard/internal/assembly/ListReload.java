package io.tokenguard.internal.assembly;

import io.tokenguard.internal.authorization.NamedLists;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * Reads the named lists of a guard again every ten seconds. Ends with the guard's timer.
 *
 * @param lists the lists
 * @param workers the threads; the timer's own thread never waits for a file
 */
record ListReload(NamedLists lists, Workers workers) {
    private static final int SECONDS = 10;

    /** Starts, if the guard has lists. */
    static void start(AssembledGuard guard) {
        NamedLists lists = guard.pipeline().steps().rules().denials().sources().lists();
        if (!lists.isEmpty()) {
            new ListReload(lists, guard.parts().workers()).plan();
        }
    }

    private void plan() {
        try {
            Future<?> unused = workers.timer().schedule(this::reload, SECONDS, TimeUnit.SECONDS);
        } catch (RejectedExecutionException closed) {
            // A closed guard decides nothing more.
        }
    }

    private void reload() {
        try {
            workers.network().workers().execute(lists::reload);
        } catch (RejectedExecutionException busyOrClosed) {
            // The next turn tries again.
        }
        plan();
    }
}

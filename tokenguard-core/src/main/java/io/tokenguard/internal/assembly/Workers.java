package io.tokenguard.internal.assembly;

import io.tokenguard.internal.keys.Network;
import java.util.concurrent.ScheduledExecutorService;

/**
 * The threads of one configuration.
 *
 * @param timer starts what is due
 * @param network the connections, and threads that may block
 */
record Workers(ScheduledExecutorService timer, Network network) implements AutoCloseable {
    @Override
    public void close() {
        timer.shutdownNow();
        network.close();
    }
}

package io.tokenguard.internal.assembly;

import io.tokenguard.internal.keys.Network;
import java.util.concurrent.ScheduledExecutorService;

/**
 * The threads and connections of one configuration.
 *
 * @param timer starts what is due
 * @param connections how issuers are reached
 */
record Workers(ScheduledExecutorService timer, Connections connections) implements AutoCloseable {
    /** The connections, and threads that may block. */
    Network network() {
        return connections.network();
    }

    @Override
    public void close() {
        timer.shutdownNow();
        network().close();
    }
}

package io.tokenguard.internal.assembly;

import io.tokenguard.internal.keys.DocumentFetcher;
import java.util.concurrent.ScheduledExecutorService;

/**
 * The threads of one configuration.
 *
 * @param timer starts scheduled work
 * @param fetcher fetches documents
 */
record Workers(ScheduledExecutorService timer, DocumentFetcher fetcher) implements AutoCloseable {
    @Override
    public void close() {
        timer.shutdownNow();
        fetcher.close();
    }
}

package io.tokenguard.testkit;

import java.util.ArrayDeque;
import java.util.List;

/** What arrived at one endpoint: a count, and the last thousand requests. Thread-safe. */
final class Traffic {
    private static final int REMEMBERED = 1000;

    private final ArrayDeque<RecordedRequest> last = new ArrayDeque<>();
    private int count;

    synchronized void record(RecordedRequest request) {
        count++;
        if (last.size() == REMEMBERED) {
            last.removeFirst();
        }
        last.addLast(request);
    }

    synchronized int count() {
        return count;
    }

    synchronized List<RecordedRequest> last() {
        return List.copyOf(last);
    }

    synchronized void reset() {
        count = 0;
        last.clear();
    }
}

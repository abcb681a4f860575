package io.tokenguard.bench.soak;

import io.tokenguard.TokenGuard;
import io.tokenguard.access.Decision;
import io.tokenguard.access.IncomingRequest;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Requests with revoked tokens, tried at the other nodes when each of them must have heard. Thread-safe. */
final class LaterLooks {
    /** Longer than Redis is away, and than nodes take to send again what an empty Redis does not have. */
    private static final long PAUSE = Duration.ofSeconds(20).toNanos();

    private final Queue<Look> looks = new ConcurrentLinkedQueue<>();
    private final Tally tally;

    LaterLooks(Tally tally) {
        this.tally = tally;
    }

    private record Look(TokenGuard node, IncomingRequest request, long dueNanos) {}

    void refuse(TokenGuard node, IncomingRequest request) {
        looks.add(new Look(node, request, System.nanoTime() + PAUSE));
    }

    /** Takes the next look if it is due. */
    void look() {
        Look next = looks.peek();
        if (next == null || next.dueNanos - System.nanoTime() > 0 || !looks.remove(next)) {
            return;
        }
        Decision decision = next.node.decide(next.request);
        if (decision instanceof Decision.Granted) {
            tally.wrong("REVOKED elsewhere", decision);
        } else {
            tally.expected("REVOKED elsewhere", decision);
        }
    }
}

package io.tokenguard.bench.soak;

import io.tokenguard.TokenGuard;
import io.tokenguard.access.Decision;
import io.tokenguard.access.IncomingRequest;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * Requests with revoked tokens, tried again at the other nodes. A node that still accepts one after 20 s is late: it was cut
 * off, or the machine was too busy. One that does so after 70 s is wrong, as a node that does not know revocations for a
 * minute refuses ({@code tokenguard.revocation.outage-after}). Thread-safe.
 */
final class LaterLooks {
    /** Longer than Redis is away, and than nodes take to send again what an empty Redis does not have. */
    private static final Duration USUAL = Duration.ofSeconds(20);

    private static final Duration LATEST = Duration.ofSeconds(70);

    private final Queue<Look> first = new ConcurrentLinkedQueue<>();
    private final Queue<Look> second = new ConcurrentLinkedQueue<>();
    private final Tally tally;

    LaterLooks(Tally tally) {
        this.tally = tally;
    }

    private record Look(TokenGuard node, IncomingRequest request, long revokedAt) {
        boolean isDue(Duration after) {
            return System.nanoTime() - revokedAt >= after.toNanos();
        }

        Decision decide() {
            return node.decide(request);
        }
    }

    void refuse(TokenGuard node, IncomingRequest request) {
        first.add(new Look(node, request, System.nanoTime()));
    }

    /** Takes the next looks that are due. */
    void look() {
        Look next = taken(first, USUAL);
        if (next != null) {
            lookFirst(next);
        }
        Look last = taken(second, LATEST);
        if (last != null) {
            tally.answered("REVOKED elsewhere a minute ago", last.decide());
        }
    }

    private static @Nullable Look taken(Queue<Look> looks, Duration after) {
        Look next = looks.peek();
        return next != null && next.isDue(after) && looks.remove(next) ? next : null;
    }

    private void lookFirst(Look look) {
        Decision decision = look.decide();
        if (decision instanceof Decision.Granted) {
            tally.late("REVOKED elsewhere", decision);
            second.add(look);
        } else {
            tally.expected("REVOKED elsewhere", decision);
        }
    }
}

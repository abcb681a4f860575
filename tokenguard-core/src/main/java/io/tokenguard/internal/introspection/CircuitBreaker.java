package io.tokenguard.internal.introspection;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Stops calls to a server that fails. It opens after calls about 5 different tokens have failed with no success in between,
 * so that one token that makes the server fail can't open it. While it is open, one probe a second is let through, and one
 * more about a recently active token, so that unknown tokens can't use up all probes. The next answer closes it. A server
 * that limits this API's calls gets none for as long as it asks, at most 30 s. Uses a monotonic time source. Thread-safe; its
 * lock is held for a few instructions.
 */
final class CircuitBreaker {
    private static final int DIFFERENT_TOKENS = 5;
    private static final Duration BETWEEN_PROBES = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final LongSupplier nanoTime;
    private final Set<TokenHash> failed = new HashSet<>();
    private boolean isOpen;
    private long nextProbe;
    private long nextProbeOfActive;
    private boolean isPaused;
    private long pausedUntil;

    CircuitBreaker(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /**
     * Begins a call, which may be a probe.
     *
     * @param isActive whether its token was recently active
     * @return zero; or how long no call may be made
     */
    synchronized Duration begin(boolean isActive) {
        Duration wait = waitFor(isActive);
        if (isOpen && wait.isZero()) {
            long next = nanoTime.getAsLong() + BETWEEN_PROBES.toNanos();
            if (isActive) {
                nextProbeOfActive = next;
            } else {
                nextProbe = next;
            }
        }
        return wait;
    }

    /** How long no call may be made; zero if one may be. */
    synchronized Duration waitFor(boolean isActive) {
        long now = nanoTime.getAsLong();
        isPaused = isPaused && pausedUntil - now > 0;
        if (isPaused) {
            return Duration.ofNanos(pausedUntil - now);
        }
        return isOpen ? Duration.ofNanos(Math.max(0, (isActive ? nextProbeOfActive : nextProbe) - now)) : Duration.ZERO;
    }

    /** The server has answered. */
    synchronized void succeeded() {
        failed.clear();
        isOpen = false;
    }

    /**
     * A call has failed because of the server.
     *
     * @param token the token of the call
     * @param patience how long the server asks for no further calls; applies once the circuit is open
     */
    synchronized void failed(TokenHash token, Duration patience) {
        if (!isOpen) {
            failed.add(token);
            isOpen = failed.size() >= DIFFERENT_TOKENS;
            nextProbe = nanoTime.getAsLong() + BETWEEN_PROBES.toNanos();
            nextProbeOfActive = nextProbe;
        }
        if (isOpen && !patience.isZero()) {
            pause(patience);
        }
    }

    /** The server accepts no more calls for now. */
    synchronized void pause(Duration patience) {
        Duration bounded = patience.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : patience;
        isPaused = true;
        pausedUntil =
                nanoTime.getAsLong() + (bounded.compareTo(BETWEEN_PROBES) < 0 ? BETWEEN_PROBES : bounded).toNanos();
    }

    /** Whether calls are stopped, apart from probes. */
    synchronized boolean isStopped() {
        return isOpen || !waitFor(false).isZero();
    }
}

package io.tokenguard.jdbc;

import io.tokenguard.spi.ReplayStore.Use;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The proofs that were used on this node: at most so many live ones, at about 100 bytes each, none dropped before its end.
 * Thread-safe.
 */
final class UsedProofs {
    private static final long SECOND = 1_000_000_000L;

    private final Clock clock;
    private final int capacity;
    private final SecretMix mix = new SecretMix(new SecureRandom().nextLong());
    private final Map<Proof, Instant> ends = new ConcurrentHashMap<>();
    private final AtomicInteger size = new AtomicInteger();
    private final AtomicLong nextSweep = new AtomicLong(System.nanoTime());

    private record Proof(long high, long low) {}

    /** Spreads bits in a way that only this process knows, so that nobody outside can choose where an entry falls. */
    private record SecretMix(long seed) {
        long of(long bits) {
            long mixed = (bits ^ seed) * 0x9E3779B97F4A7C15L;
            mixed = (mixed ^ (mixed >>> 32)) * 0xD6E8FEB86659FD93L;
            return mixed ^ (mixed >>> 32);
        }
    }

    UsedProofs(Clock clock, int capacity) {
        this.clock = clock;
        this.capacity = capacity;
    }

    /** Uses a proof. One that may be forgotten already is unknown, and so is every new one while there is no room. */
    Use use(byte[] proof, Instant forgetAt) {
        ByteBuffer bits = ByteBuffer.wrap(proof);
        Proof key = new Proof(mix.of(bits.getLong()), mix.of(bits.getLong()));
        if (!forgetAt.isAfter(clock.instant())) {
            return Use.UNKNOWN;
        }
        if (ends.containsKey(key)) {
            return Use.REPEATED;
        }
        if (size.incrementAndGet() > capacity && !sweepOnce()) {
            size.decrementAndGet();
            return Use.UNKNOWN;
        }
        if (ends.putIfAbsent(key, forgetAt) != null) {
            size.decrementAndGet();
            return Use.REPEATED;
        }
        return Use.FIRST;
    }

    /** Drops what is over, at most once a second; returns whether there is room then. */
    private boolean sweepOnce() {
        long due = nextSweep.get();
        long now = System.nanoTime();
        if (now - due >= 0 && nextSweep.compareAndSet(due, now + SECOND)) {
            sweep();
        }
        return size.get() <= capacity;
    }

    /** Drops what is over. */
    void sweep() {
        Instant now = clock.instant();
        ends.forEach((proof, end) -> {
            if (!end.isAfter(now) && ends.remove(proof, end)) {
                size.decrementAndGet();
            }
        });
    }
}

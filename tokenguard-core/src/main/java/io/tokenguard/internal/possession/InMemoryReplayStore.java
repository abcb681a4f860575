package io.tokenguard.internal.possession;

import io.tokenguard.spi.ReplayStore;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The replay memory of one process: at most so many live proofs, at 50 bytes each and less, none ever dropped before its
 * time. Where it is full, new proofs can't be told. Divided into segments with a lock each, which is held for the look-up
 * alone; each use looks after one segment besides, in turn.
 */
public final class InMemoryReplayStore implements ReplayStore {
    /** How many live proofs are remembered where nothing else is said. */
    public static final int USUAL_CAPACITY = 1_000_000;

    private static final int SEGMENTS = 64;
    /** Half of what fits into an {@code int}: thirty-four years before this memory was made, and as many after it. */
    private static final int MIDDLE = 1 << 30;

    private final Clock clock;
    private final Instant madeAt;
    private final long start;
    /** Nobody outside can choose where an entry falls. */
    private final long seed = new SecureRandom().nextLong();

    private final ReplaySegment[] segments = new ReplaySegment[SEGMENTS];
    private final ReentrantLock[] locks = new ReentrantLock[SEGMENTS];
    private final AtomicInteger used = new AtomicInteger();
    private final AtomicInteger turn = new AtomicInteger();
    private volatile int capacity;

    /**
     * A memory.
     *
     * @param clock tells what is over
     * @param capacity the greatest number of live proofs
     */
    public InMemoryReplayStore(Clock clock, int capacity) {
        this.clock = clock;
        this.capacity = capacity;
        this.madeAt = clock.instant();
        this.start = madeAt.getEpochSecond() - MIDDLE;
        for (int i = 0; i < SEGMENTS; i++) {
            segments[i] = new ReplaySegment();
            locks[i] = new ReentrantLock();
        }
    }

    /** When this memory was made. It knows nothing of before. */
    Instant madeAt() {
        return madeAt;
    }

    /** Changes the greatest number of live proofs. Those that there are stay, be they more. */
    public void resize(int proofs) {
        capacity = proofs;
    }

    /** Uses a proof. One that may be forgotten already can't be told: it may have been used and forgotten. */
    @Override
    public Use use(byte[] proof, Instant madeAt, Instant forgetAt) {
        ByteBuffer bits = ByteBuffer.wrap(proof);
        long high = mix(bits.getLong());
        long low = mix(bits.getLong());
        int now = seconds(clock.instant());
        // A whole second more, for the second that has begun.
        int until = seconds(forgetAt.plus(Duration.ofSeconds(1)));
        if (until <= now) {
            return Use.UNKNOWN;
        }
        tendNext(now);
        int number = (int) (high >>> 58);
        Use use = use(number, high, low, now, until);
        if (use == Use.UNKNOWN) {
            clear(number, now);
            return use(number, high, low, now, until);
        }
        return use;
    }

    private Use use(int number, long high, long low, int now, int until) {
        ReplaySegment segment = segments[number];
        locks[number].lock();
        try {
            if (segment.holds(high, low, now)) {
                return Use.REPEATED;
            }
            if (segment.isCrowded()) {
                used.addAndGet(-segment.clear(now));
            }
            if (used.incrementAndGet() > capacity) {
                used.decrementAndGet();
                return Use.UNKNOWN;
            }
            used.addAndGet(segment.put(high, low, until) - 1);
            return Use.FIRST;
        } finally {
            locks[number].unlock();
        }
    }

    /** So that memory comes back once the load is over. Whoever would have to wait leaves it to the next. */
    private void tendNext(int now) {
        int number = turn.getAndIncrement() & (SEGMENTS - 1);
        if (!locks[number].tryLock()) {
            return;
        }
        try {
            used.addAndGet(-segments[number].tend(now));
        } finally {
            locks[number].unlock();
        }
    }

    /** Drops what is over, from one segment on, until there is room. Each segment is walked once in a second at most. */
    private void clear(int first, int now) {
        for (int i = 0; i < SEGMENTS && used.get() >= capacity; i++) {
            int number = (first + i) & (SEGMENTS - 1);
            locks[number].lock();
            try {
                used.addAndGet(-segments[number].clearOnce(now));
            } finally {
                locks[number].unlock();
            }
        }
    }

    private int seconds(Instant instant) {
        return (int) Math.min(Integer.MAX_VALUE, Math.max(1, instant.getEpochSecond() - start));
    }

    /** Spreads the bits in a way that only this process knows; each input has an output of its own. */
    private long mix(long bits) {
        long mixed = (bits ^ seed) * 0x9E3779B97F4A7C15L;
        mixed = (mixed ^ (mixed >>> 32)) * 0xD6E8FEB86659FD93L;
        return mixed ^ (mixed >>> 32);
    }

    /** The bytes of all its tables. */
    long bytes() {
        long bytes = 0;
        for (int i = 0; i < SEGMENTS; i++) {
            locks[i].lock();
            try {
                bytes += segments[i].bytes();
            } finally {
                locks[i].unlock();
            }
        }
        return bytes;
    }
}

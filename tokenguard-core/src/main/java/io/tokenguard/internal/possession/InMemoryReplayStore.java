package io.tokenguard.internal.possession;

import io.tokenguard.spi.ReplayStore;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * The used proofs of one process: a bounded number of live proofs, at most 50 bytes each, none dropped before it expires.
 * While it is full, the use of a new proof is {@link Use#UNKNOWN}. Divided into segments with a lock each, which is held for
 * one look-up; each use also cleans up one more segment, in turn.
 *
 * <p>Stores when a proof was made, and drops it once no configuration so far would accept it. If a new configuration accepts
 * proofs for longer, those that may have been dropped by then are {@link Use#REPEATED}: they were too old by the
 * configuration before.
 */
public final class InMemoryReplayStore implements ReplayStore {
    /** The default capacity, in live proofs. */
    public static final int USUAL_CAPACITY = 1_000_000;

    private static final int SEGMENTS = 64;
    /** The middle of the range of an {@code int}: thirty-four years before this store was created, and as many after it. */
    private static final int MIDDLE = 1 << 30;

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration ALMOST_A_SECOND = Duration.ofNanos(999_999_999);

    private final Clock clock;
    private final Instant beginning;
    private final long start;
    /** No caller can choose the place of an entry. */
    private final long seed = new SecureRandom().nextLong();

    private final ReplaySegment[] segments = new ReplaySegment[SEGMENTS];
    private final ReentrantLock[] locks = new ReentrantLock[SEGMENTS];
    private final AtomicInteger used = new AtomicInteger();
    private final AtomicInteger turn = new AtomicInteger();
    /** For how many seconds proofs are accepted. */
    private final AtomicInteger life = new AtomicInteger();

    private final KeyShares shares;
    private final LongSupplier nanoTime;
    private volatile int capacity;

    /**
     * A store.
     *
     * @param clock the time, by which proofs expire
     * @param capacity the greatest number of live proofs
     */
    public InMemoryReplayStore(Clock clock, int capacity) {
        this(clock, capacity, System::nanoTime);
    }

    /**
     * A store.
     *
     * @param clock the time, by which proofs expire
     * @param capacity the greatest number of live proofs
     * @param nanoTime monotonic nanoseconds, for the shares of keys
     */
    public InMemoryReplayStore(Clock clock, int capacity, LongSupplier nanoTime) {
        this.clock = clock;
        this.capacity = capacity;
        this.nanoTime = nanoTime;
        this.shares = new KeyShares(capacity, nanoTime);
        this.beginning = clock.instant();
        this.start = beginning.getEpochSecond() - MIDDLE;
        for (int i = 0; i < SEGMENTS; i++) {
            segments[i] = new ReplaySegment();
            locks[i] = new ReentrantLock();
        }
    }

    LongSupplier nanoTime() {
        return nanoTime;
    }

    Instant now() {
        return clock.instant();
    }

    /** The share of each key in this store. */
    KeyShares shares() {
        return shares;
    }

    /** When this store was created. It knows no earlier uses. */
    Instant beginning() {
        return beginning;
    }

    /**
     * Changes the greatest number of live proofs, and how long they are accepted. Existing ones stay, even if they are more.
     */
    public void resize(int proofs, Duration greatestAge) {
        capacity = proofs;
        life.set(secondsUp(greatestAge));
        shares.resize(proofs, greatestAge);
    }

    /** Uses a proof. {@link Use#UNKNOWN} if it may have been used and forgotten. */
    @Override
    public Use use(byte[] proof, Instant madeAt, Instant forgetAt) {
        ByteBuffer bits = ByteBuffer.wrap(proof);
        long high = mix(bits.getLong());
        long low = mix(bits.getLong());
        int now = seconds(clock.instant());
        if (seconds(forgetAt.plus(SECOND)) <= now) {
            return Use.UNKNOWN;
        }
        // A request that an older configuration let in may have a proof that the newer one would not accept.
        life.accumulateAndGet(secondsUp(Duration.between(madeAt, forgetAt)), Math::max);
        int made = seconds(madeAt.plus(ALMOST_A_SECOND));
        tendNext(cutoff(now));
        int number = (int) (high >>> 58);
        Use use = use(number, high, low, now, made);
        if (use == Use.UNKNOWN) {
            clear(number, cutoff(now));
            return use(number, high, low, now, made);
        }
        return use;
    }

    /** Whether a proof was used and has not expired. */
    boolean holds(byte[] proof) {
        ByteBuffer bits = ByteBuffer.wrap(proof);
        long high = mix(bits.getLong());
        long low = mix(bits.getLong());
        int number = (int) (high >>> 58);
        locks[number].lock();
        try {
            return segments[number].holds(high, low, cutoff(seconds(clock.instant())));
        } finally {
            locks[number].unlock();
        }
    }

    /** Proofs that were made up to then have expired. A whole second is added for the second that has begun. */
    private int cutoff(int now) {
        return Math.max(1, now - life.get() - 1);
    }

    private Use use(int number, long high, long low, int now, int made) {
        ReplaySegment segment = segments[number];
        locks[number].lock();
        try {
            int cutoff = cutoff(now);
            if (segment.holds(high, low, cutoff) || segment.mayHaveDropped(made, now)) {
                return Use.REPEATED;
            }
            if (segment.isCrowded()) {
                used.addAndGet(-segment.clear(cutoff));
            }
            if (used.incrementAndGet() > capacity) {
                used.decrementAndGet();
                return Use.UNKNOWN;
            }
            used.addAndGet(segment.put(high, low, made) - 1);
            return Use.FIRST;
        } finally {
            locks[number].unlock();
        }
    }

    /** Frees memory after a peak. Skipped under contention; the next caller does it. */
    private void tendNext(int cutoff) {
        int number = turn.getAndIncrement() & (SEGMENTS - 1);
        if (!locks[number].tryLock()) {
            return;
        }
        try {
            used.addAndGet(-segments[number].tend(cutoff));
        } finally {
            locks[number].unlock();
        }
    }

    /** Drops expired entries, from one segment on, until there is a free place. Walks each segment at most once a second. */
    private void clear(int first, int cutoff) {
        for (int i = 0; i < SEGMENTS && used.get() >= capacity; i++) {
            int number = (first + i) & (SEGMENTS - 1);
            locks[number].lock();
            try {
                used.addAndGet(-segments[number].clearOnce(cutoff));
            } finally {
                locks[number].unlock();
            }
        }
    }

    private static int secondsUp(Duration age) {
        return (int) Math.min(MIDDLE, age.plus(ALMOST_A_SECOND).toSeconds());
    }

    private int seconds(Instant instant) {
        return (int) Math.min(Integer.MAX_VALUE, Math.max(1, instant.getEpochSecond() - start));
    }

    /** Mixes the bits with a secret of this process; different inputs have different outputs. */
    private long mix(long bits) {
        long mixed = (bits ^ seed) * 0x9E3779B97F4A7C15L;
        mixed = (mixed ^ (mixed >>> 32)) * 0xD6E8FEB86659FD93L;
        return mixed ^ (mixed >>> 32);
    }

    /** The number of proofs that it holds, including expired ones that were not cleared yet. */
    public int size() {
        return used.get();
    }

    /** The size of all its tables, in bytes. */
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

package io.tokenguard.internal.revocation;

import io.tokenguard.access.Revocation;
import io.tokenguard.access.Revocation.Kind;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The revocations that one process knows: at most so many, at 48 bytes each or less, none dropped before its time. Look-ups
 * take no lock and cost the same however many there are. Whoever adds one holds a lock for one of 256 segments, for less
 * than a millisecond; what is over goes on that way, never on the way of a request. A clock that is set back by up to an
 * hour finds again what it had left behind.
 */
public final class RevocationMemory {
    /** How many revocations are remembered where nothing else is said. */
    public static final int USUAL_CAPACITY = 1_000_000;

    private static final int SEGMENTS = 256;
    private static final long LINGER = Duration.ofHours(1).toSeconds();

    /** Nobody outside can choose where an entry falls. */
    private final long seed = new SecureRandom().nextLong();

    private final AtomicReferenceArray<RevocationTable> segments = new AtomicReferenceArray<>(SEGMENTS);
    private final AtomicIntegerArray held = new AtomicIntegerArray(Kind.values().length);
    private final AtomicLong version = new AtomicLong();
    private final ReentrantLock adding = new ReentrantLock();
    private int used;
    private int turn;
    private int tended;
    private long tendedAt = Long.MIN_VALUE;
    private long clearedAt = Long.MIN_VALUE;
    private volatile int capacity;
    private volatile long incompleteUntil = Long.MIN_VALUE;

    /**
     * A memory.
     *
     * @param capacity the greatest number of revocations
     */
    public RevocationMemory(int capacity) {
        this.capacity = capacity;
        for (int i = 0; i < SEGMENTS; i++) {
            segments.set(i, RevocationTable.rebuilt(null, 0));
        }
    }

    /** Changes the greatest number of revocations. Those that there are stay, be they more. */
    public void resize(int revocations) {
        capacity = revocations;
    }

    /**
     * Takes a revocation in; it bites when this returns. Beside another one of the same target, what either hits is hit, for
     * as long as either lasts.
     *
     * @param end when it may be forgotten
     * @return whether there was room; where there was none, the memory is incomplete until that end
     */
    public boolean add(Revocation revocation, Instant end, Instant now) {
        RevocationTarget target = RevocationTarget.of(revocation, seed);
        long terms = RevocationTerms.of(revocation, end);
        adding.lock();
        try {
            return add(target, terms, now.getEpochSecond());
        } finally {
            adding.unlock();
        }
    }

    private boolean add(RevocationTarget target, long terms, long now) {
        if (!RevocationTerms.isLiving(terms, now)) {
            return true;
        }
        tendNext(now);
        long known = segments.get(segment(target)).find(target);
        if (known == RevocationTerms.NONE) {
            return addNew(target, terms, now);
        }
        long merged = RevocationTerms.isLiving(known, now) ? RevocationTerms.merged(known, terms) : terms;
        if (merged != known) {
            segments.get(segment(target)).put(target, merged);
            version.incrementAndGet();
        }
        return true;
    }

    private boolean addNew(RevocationTarget target, long terms, long now) {
        if (used >= capacity) {
            clear(now);
        }
        if (used >= capacity) {
            incompleteUntil = Math.max(incompleteUntil, RevocationTerms.end(terms));
            return false;
        }
        int number = segment(target);
        if (segments.get(number).isCrowded()) {
            rebuild(number, now - LINGER);
        }
        segments.get(number).put(target, terms);
        used++;
        held.incrementAndGet(RevocationTarget.kindOf(target.low()));
        version.incrementAndGet();
        return true;
    }

    /** So that memory comes back while revocations come in: with each one a segment is looked after, in a second each once. */
    private void tendNext(long now) {
        if (tendedAt != now) {
            tendedAt = now;
            tended = 0;
        }
        if (tended < SEGMENTS) {
            tended++;
            turn = (turn + 1) % SEGMENTS;
            tend(turn, now);
        }
    }

    private void tend(int number, long now) {
        RevocationTable table = segments.get(number);
        if (table.livingAt(now - LINGER) < table.used()) {
            rebuild(number, now - LINGER);
        }
    }

    /** Drops all that is over, at most once in a second. */
    private void clear(long now) {
        if (clearedAt == now) {
            return;
        }
        clearedAt = now;
        for (int number = 0; number < SEGMENTS; number++) {
            rebuild(number, now);
        }
    }

    private void rebuild(int number, long end) {
        RevocationTable older = segments.get(number);
        RevocationTable fresh = RevocationTable.rebuilt(older, end);
        segments.set(number, fresh);
        int[] change = new int[held.length()];
        older.count(change, -1);
        fresh.count(change, 1);
        for (int kind = 0; kind < change.length; kind++) {
            held.addAndGet(kind, change[kind]);
        }
        used += fresh.used() - older.used();
    }

    /** Drops what has been over for an hour. For a thread that serves no request. */
    public void sweep(Instant now) {
        for (int number = 0; number < SEGMENTS; number++) {
            adding.lock();
            try {
                tend(number, now.getEpochSecond());
            } finally {
                adding.unlock();
            }
        }
    }

    /**
     * Whether tokens of a target are hit.
     *
     * @param target names it; what else it says does not matter
     * @param issuedAt when the token was issued, in seconds; {@link Long#MIN_VALUE} where that is not known
     */
    boolean isHit(Revocation target, long issuedAt, Instant now) {
        RevocationTarget place = RevocationTarget.of(target, seed);
        return RevocationTerms.hit(segments.get(segment(place)).find(place), issuedAt, now.getEpochSecond());
    }

    private static int segment(RevocationTarget target) {
        return (int) (target.high() >>> 56);
    }

    /** Whether there is any revocation of a kind. */
    boolean holds(Kind kind) {
        return held.get(RevocationTarget.number(kind)) > 0;
    }

    /** Whether every revocation that was told of, and is not over, is held. */
    boolean isComplete(Clock clock) {
        long until = incompleteUntil;
        return until == Long.MIN_VALUE || clock.instant().getEpochSecond() >= until;
    }

    /**
     * A number that changes whenever a revocation is taken in that hits more than was hit before. Whoever finds a token not
     * revoked need not look again while it stays; it has to be read before the look.
     */
    public long version() {
        return version.get();
    }

    /** How many revocations are held, those included that were over within the last hour. */
    public int size() {
        int size = 0;
        for (int kind = 0; kind < held.length(); kind++) {
            size += held.get(kind);
        }
        return size;
    }

    /** How many places a look-up passes over. */
    int placesBefore(Revocation target) {
        RevocationTarget place = RevocationTarget.of(target, seed);
        return segments.get(segment(place)).placesBefore(place);
    }

    /** The bytes of all its tables. */
    long bytes() {
        long bytes = 0;
        for (int number = 0; number < SEGMENTS; number++) {
            bytes += segments.get(number).bytes();
        }
        return bytes;
    }
}

package io.tokenguard.internal.revocation;

import io.tokenguard.access.Revocation;
import io.tokenguard.access.Revocation.Kind;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The revocations that one process knows: a bounded number, at most 48 bytes each, none dropped while it can match a token.
 * Look-ups take no lock, and their cost does not grow with the number of revocations. Adding one holds a lock for less than a
 * millisecond; expired entries are dropped then, never during a request. If the clock ran ahead by up to an
 * hour and is set back, expired entries apply again, also those that arrived meanwhile.
 *
 * <p>A revocation with its own end is kept until then. For any other, the memory stores the moment from which the retention
 * counts, and applies the current retention. It keeps the entry longer than that, until no configuration accepts a token that
 * it matches. If the space is needed earlier, the entry is dropped after the current retention, and tokens that it may have
 * matched count as revoked from then on: the current configuration accepts none of these, and clients of a later one get a
 * new token.
 */
public final class RevocationMemory {
    /** The default capacity. */
    public static final int USUAL_CAPACITY = 1_000_000;

    private static final int SEGMENTS = 256;
    /** Repeated logouts of a subject take one place once a quarter of the memory is used. */
    private static final int CROWDED_PART = 4;
    /** An issuer with less than a thousandth of the memory makes no place for others. */
    private static final int SMALL_PART = 1_000;

    private static final long LINGER = Duration.ofHours(1).toSeconds();

    /** No caller can choose the place of an entry. */
    private final long seed = new SecureRandom().nextLong();

    private final AtomicReferenceArray<RevocationTable> segments = new AtomicReferenceArray<>(SEGMENTS);
    private final EntryCounts counts = new EntryCounts();
    private final RevocationSenders senders = new RevocationSenders();
    private final RepeatedLogouts logouts = new RepeatedLogouts();
    private final AtomicLong version = new AtomicLong();
    private final ReentrantLock adding = new ReentrantLock();
    private final Turns turns = new Turns(SEGMENTS);
    private final LostRevocations lost = new LostRevocations();
    private int used;
    private long clearedAt = Long.MIN_VALUE;
    private volatile RevocationLimits limits;
    private volatile long forgotten = Long.MIN_VALUE;
    private volatile @Nullable FoldedRevocations lastFold;

    /** An empty memory. */
    public RevocationMemory(RevocationLimits limits) {
        this.limits = limits;
        for (int i = 0; i < SEGMENTS; i++) {
            segments.set(i, RevocationTable.rebuilt(null, new Cutoff(0, 0)));
        }
    }

    /** Changes the limits. Existing revocations stay, even if they are more. */
    public void resize(RevocationLimits changed) {
        limits = changed;
    }

    /** Which entries have expired by the current limits. */
    private Cutoff today(long now) {
        return new Cutoff(now, RevocationLimits.start(now, limits.retention()));
    }

    /** Which entries have expired by any limits. */
    private Cutoff always(long now) {
        return new Cutoff(now, RevocationLimits.start(now, limits.kept()));
    }

    /**
     * Adds a revocation; it takes effect before this returns. Beside another one of the same target, what either hits is hit,
     * for as long as either lasts. If the memory is full, the issuer that has sent the most makes place.
     *
     * @param end when it may be forgotten; or the moment from which the retention counts, if the revocation has one
     * @return whether it was stored; if not, the memory is incomplete until the revocation would match no token
     */
    public boolean add(Revocation revocation, Instant end, Instant now) {
        RevocationTarget target = RevocationTarget.of(revocation, seed);
        long terms = RevocationTerms.of(revocation, end);
        adding.lock();
        try {
            int sender = senders.numberOf(revocation, number -> counts.of(number) == 0);
            return add(target.sentBy(sender), terms, now.getEpochSecond());
        } finally {
            adding.unlock();
        }
    }

    private boolean add(RevocationTarget target, long terms, long now) {
        if (!always(now - LINGER).isLiving(target, terms)) {
            return true;
        }
        tendNext(now);
        long known = segments.get(segment(target)).find(target);
        if (known == RevocationTerms.NONE) {
            return addNew(target, terms, now);
        }
        share(target);
        long merged = RevocationTerms.merged(living(target, known, now), living(target, terms, now));
        if (merged != known) {
            segments.get(segment(target)).put(target, merged);
            version.incrementAndGet();
        }
        return true;
    }

    /** What another sender revokes too, such as the application, is not replaced with the first sender's entries. */
    private void share(RevocationTarget target) {
        counts.moved(segments.get(segment(target)).share(target));
    }

    /** An expired entry must not make another one revoke tokens that were issued since. */
    private long living(RevocationTarget target, long terms, long now) {
        if (today(now).isLiving(target, terms)) {
            return terms;
        }
        return target.isRetained() ? RevocationTerms.settled(terms) : RevocationTerms.NONE;
    }

    private boolean addNew(RevocationTarget target, long terms, long now) {
        if (used >= limits.capacity()) {
            clear(now);
        }
        if (used >= limits.capacity()) {
            foldLargest(now);
        }
        if (used >= limits.capacity()) {
            return lose(target, terms, now);
        }
        insert(target, terms, now);
        return true;
    }

    private void insert(RevocationTarget target, long terms, long now) {
        int number = segment(target);
        if (segments.get(number).isCrowded()) {
            rebuild(number, always(now - LINGER));
        }
        segments.get(number).put(target, terms);
        used++;
        counts.add(target);
        version.incrementAndGet();
    }

    /** The issuer that has sent the most makes place. One with few entries would not: each fold passes the whole memory. */
    private void foldLargest(long now) {
        int largest = counts.largestSender();
        if (counts.of(largest) >= Math.max(2, limits.capacity() / SMALL_PART) && largest != 0) {
            foldOlderHalf(largest, now);
        }
    }

    private void foldOlderHalf(int sender, long now) {
        OlderHalf older = new OlderHalf(always(now), sender);
        for (int number = 0; number < SEGMENTS; number++) {
            older.add(segments.get(number));
        }
        long newest = older.newest();
        if (newest != RevocationTerms.NONE) {
            fold(sender, newest, now);
        }
    }

    /** Adds the replacement first, so that no look-up misses both. */
    private void fold(int sender, long until, long now) {
        Revocation all = new Revocation(
                Kind.ISSUER, senders.issuer(sender), Optional.empty(), Optional.empty(), Optional.empty());
        RevocationTarget issuer = RevocationTarget.of(all, seed).retained();
        if (segments.get(segment(issuer)).find(issuer) == RevocationTerms.NONE) {
            insert(issuer, RevocationTerms.upTo(until), now);
        } else {
            boolean unused = add(issuer, RevocationTerms.upTo(until), now);
        }
        int before = counts.of(sender);
        for (int number = 0; number < SEGMENTS; number++) {
            rebuild(number, always(now - LINGER));
            replace(number, always(now - LINGER).withoutOlder(sender, until));
        }
        lastFold = new FoldedRevocations(senders.name(sender), until, before - counts.of(sender));
    }

    /** The last fold, until what it revokes has expired; null otherwise. */
    @Nullable
    FoldedRevocations lastFold(Instant now) {
        FoldedRevocations last = lastFold;
        return last != null && last.until() > today(now.getEpochSecond()).retained() ? last : null;
    }

    /** Learns how issuers are called, for the log. */
    void learn(Set<String> issuers) {
        issuers.forEach(senders::learn);
    }

    /** What is to be added of a revocation that an issuer has sent, with its sender. */
    Revocation folded(Revocation revocation, RevocationSender sender, Instant now) {
        if (sender.issuer().isEmpty()) {
            return revocation;
        }
        senders.learn(sender.issuer());
        boolean isCrowded = counts.total() >= limits.capacity() / CROWDED_PART;
        return logouts.folded(revocation.sentBy(sender.issuer()), sender, isCrowded, now);
    }

    /** Handles a revocation without a free place: an expired one is forgotten, any other leaves the memory incomplete. */
    private boolean lose(RevocationTarget target, long terms, long now) {
        boolean isOver = !today(now).isLiving(target, terms);
        if (isOver) {
            forgotten = Math.max(forgotten, RevocationTerms.end(terms));
        } else {
            lost.add(target, terms);
        }
        return isOver;
    }

    /** Frees memory while revocations come in: each one cleans up one more segment, each segment at most once a second. */
    private void tendNext(long now) {
        int next = turns.next(now);
        if (next != Turns.NOBODY) {
            tend(next, now);
        }
    }

    private void tend(int number, long now) {
        RevocationTable table = segments.get(number);
        Cutoff cutoff = always(now - LINGER);
        if (table.livingAfter(cutoff) < table.used()) {
            rebuild(number, cutoff);
        }
    }

    /** Drops all entries that have expired by the current limits, at most once a second. */
    private void clear(long now) {
        if (clearedAt == now) {
            return;
        }
        clearedAt = now;
        for (int number = 0; number < SEGMENTS; number++) {
            rebuild(number, today(now));
        }
    }

    private void rebuild(int number, Cutoff cutoff) {
        RevocationTable older = segments.get(number);
        long dropped = older.latestOver(cutoff);
        if (dropped != RevocationTerms.NONE) {
            forgotten = Math.max(forgotten, dropped);
        }
        replace(number, cutoff);
    }

    private void replace(int number, Cutoff cutoff) {
        RevocationTable older = segments.get(number);
        RevocationTable fresh = RevocationTable.rebuilt(older, cutoff);
        segments.set(number, fresh);
        counts.replace(older, fresh);
        used += fresh.used() - older.used();
    }

    /** Drops entries that expired an hour ago. For a thread that serves no request. */
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
     * Whether tokens of a target are revoked.
     *
     * @param target names it; its other properties do not matter
     * @param issuedAt when the token was issued, in seconds; {@link Long#MIN_VALUE} if that is not known
     */
    boolean isHit(Revocation target, long issuedAt, Instant now) {
        return placeOf(target, now).covers(issuedAt);
    }

    /** Where revocations of a target are. */
    RevocationPlace placeOf(Revocation target, Instant now) {
        RevocationTarget named = RevocationTarget.of(target, seed);
        return new RevocationPlace(segments.get(segment(named)), named, today(now.getEpochSecond()), senders);
    }

    /**
     * Whether a revocation of a token may have been dropped. Never true for a token that the current configuration accepts,
     * unless it accepts longer-lived tokens than the one under which the revocation was dropped.
     *
     * @param issuedAt when the token was issued, in seconds; {@link Long#MIN_VALUE} if that is not known
     */
    boolean mayHaveForgotten(long issuedAt) {
        return issuedAt != Long.MIN_VALUE && issuedAt <= forgotten;
    }

    /**
     * The revocations in one of {@link #segments()} parts, in the form for other nodes and stores, without those that expired
     * an hour ago.
     */
    List<Revocation> kept(int part, Instant now) {
        List<Revocation> kept = new ArrayList<>();
        segments.get(part)
                .forEach(
                        always(now.getEpochSecond() - LINGER),
                        (target, terms) -> kept.add(senders.sent(
                                RevocationTarget.senderOf(target.low()), target.revocation(terms, seed, limits))));
        return kept;
    }

    static int segments() {
        return SEGMENTS;
    }

    private static int segment(RevocationTarget target) {
        return (int) (target.high() >>> 56);
    }

    /** Whether there is any revocation of a kind. */
    boolean holds(Kind kind) {
        return counts.hasAny(kind);
    }

    /** Whether every revocation that was added and has not expired is stored. */
    boolean isComplete(Clock clock) {
        return lost.areNone() || lost.areOver(today(clock.instant().getEpochSecond()));
    }

    /**
     * Changes whenever a revocation is added that revokes more than before. A token that was found not revoked need not be
     * looked up again while it stays the same; read it before the look-up.
     */
    public long version() {
        return version.get();
    }

    /** How many revocations are stored, including expired ones that are kept while there is space. */
    public int size() {
        return counts.total();
    }

    /** How many places a look-up passes. */
    int placesBefore(Revocation target) {
        RevocationTarget place = RevocationTarget.of(target, seed);
        return segments.get(segment(place)).placesBefore(place);
    }

    /** The size of all its tables, in bytes. */
    long bytes() {
        long bytes = 0;
        for (int number = 0; number < SEGMENTS; number++) {
            bytes += segments.get(number).bytes();
        }
        return bytes;
    }
}

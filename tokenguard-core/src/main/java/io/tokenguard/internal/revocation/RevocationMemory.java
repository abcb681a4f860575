package io.tokenguard.internal.revocation;

import io.tokenguard.access.Revocation;
import io.tokenguard.access.Revocation.Kind;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The revocations that one process knows: a bounded number, at most 48 bytes each, none dropped while it can match a token.
 * Look-ups take no lock, and their cost does not grow with the number of revocations. Adding one holds a lock for less than a
 * millisecond; expired entries are dropped then, never during a request. Entries that arrived while the clock was up to an hour
 * ahead, and expired ones, apply again once it is set back. Those that arrived while it was up to an hour slow still apply to all
 * tokens that had been issued by then.
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

    /** Repeated logouts of a subject take one place once a quarter of the memory is used. */
    private static final int CROWDED_PART = 4;

    /** An issuer with less than a thousandth of the memory makes no place for others. */
    private static final int SMALL_PART = 1_000;

    /** No caller can choose the place of an entry. */
    private final long seed = new SecureRandom().nextLong();

    private final RevocationTables tables = new RevocationTables();
    private final RevocationExpiry expiry;
    private final RevocationSenders senders = new RevocationSenders();
    private final RepeatedLogouts logouts = new RepeatedLogouts();
    private final AtomicLong version = new AtomicLong();
    private final ReentrantLock adding = new ReentrantLock();
    private final Turns turns = new Turns(RevocationTables.COUNT);
    private long clearedAt = Long.MIN_VALUE;
    private volatile @Nullable FoldedRevocations lastFold;

    /** An empty memory. */
    public RevocationMemory(RevocationLimits limits) {
        this.expiry = new RevocationExpiry(limits);
    }

    /** Changes the limits. Existing revocations stay, even if they are more. */
    public void resize(RevocationLimits changed) {
        expiry.resize(changed);
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
            int sender = senders.numberOf(revocation, number -> tables.countOf(number) == 0);
            return add(target.sentBy(sender), terms, now.getEpochSecond());
        } finally {
            adding.unlock();
        }
    }

    private boolean add(RevocationTarget target, long terms, long now) {
        if (!expiry.stored(now).isLiving(target, terms)) {
            return true;
        }
        tendNext(now);
        long known = tables.find(target);
        if (known == RevocationTerms.NONE) {
            return addNew(target, terms, now);
        }
        // What another sender revokes too, such as the application, is not replaced with the first sender's entries.
        tables.share(target);
        long merged = expiry.merged(target, known, terms, now);
        if (merged != known) {
            tables.update(target, merged);
            version.incrementAndGet();
        }
        return true;
    }

    private boolean addNew(RevocationTarget target, long terms, long now) {
        if (isFull()) {
            clear(now);
        }
        if (isFull()) {
            foldLargest(now);
        }
        if (isFull()) {
            return expiry.lose(target, terms, now);
        }
        insert(target, terms, now);
        return true;
    }

    private boolean isFull() {
        return tables.used() >= expiry.limits().capacity();
    }

    private void insert(RevocationTarget target, long terms, long now) {
        expiry.dropped(tables.makeSpace(target, expiry.stored(now)));
        tables.insert(target, terms);
        version.incrementAndGet();
    }

    /** The issuer that has sent the most makes place. One with few entries would not: each fold passes the whole memory. */
    private void foldLargest(long now) {
        int largest = tables.largestSender();
        if (tables.countOf(largest) >= Math.max(2, expiry.limits().capacity() / SMALL_PART) && largest != 0) {
            foldOlderHalf(largest, now);
        }
    }

    private void foldOlderHalf(int sender, long now) {
        OlderHalf older = new OlderHalf(expiry.stored(now), sender);
        for (int number = 0; number < RevocationTables.COUNT; number++) {
            older.add(tables, number);
        }
        long newest = older.newest();
        if (newest != RevocationTerms.NONE) {
            fold(sender, newest, now);
        }
    }

    /**
     * Adds the replacement first, so that no look-up misses both. It names the issuer as the replaced entries do: a sender is
     * one name of an issuer, and the entries that it has sent use the same name.
     */
    private void fold(int sender, long until, long now) {
        Revocation all = new Revocation(
                Kind.ISSUER, senders.issuer(sender), Optional.empty(), Optional.empty(), Optional.empty());
        RevocationTarget issuer = RevocationTarget.of(all, seed).retained();
        long terms = RevocationTerms.upTo(until, expiry.limits().skewSeconds());
        if (tables.find(issuer) == RevocationTerms.NONE) {
            insert(issuer, terms, now);
        } else {
            boolean unused = add(issuer, terms, now);
        }
        int before = tables.countOf(sender);
        for (int number = 0; number < RevocationTables.COUNT; number++) {
            expiry.dropped(tables.rebuild(number, expiry.stored(now)));
            tables.replace(number, expiry.stored(now).withoutOlder(sender, until));
        }
        lastFold = new FoldedRevocations(
                senders.name(sender), until + expiry.limits().skewSeconds(), before - tables.countOf(sender));
    }

    /** The last fold, until what it revokes has expired; null otherwise. */
    @Nullable
    FoldedRevocations lastFold(Instant now) {
        FoldedRevocations last = lastFold;
        return last != null
                        && last.until() > expiry.needed(now.getEpochSecond()).retained()
                ? last
                : null;
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
        boolean isCrowded = tables.total() >= expiry.limits().capacity() / CROWDED_PART;
        return logouts.folded(revocation.sentBy(sender.issuer()), sender, isCrowded, now);
    }

    /** Frees memory while revocations come in: each one cleans up one more table, each table at most once a second. */
    private void tendNext(long now) {
        int next = turns.next(now);
        if (next != Turns.NOBODY) {
            tend(next, now);
        }
    }

    private void tend(int number, long now) {
        expiry.dropped(tables.tidy(number, expiry.stored(now)));
    }

    /** Drops all entries that have expired by the current limits, at most once a second. */
    private void clear(long now) {
        if (clearedAt == now) {
            return;
        }
        clearedAt = now;
        for (int number = 0; number < RevocationTables.COUNT; number++) {
            expiry.dropped(tables.rebuild(number, expiry.needed(now)));
        }
    }

    /** Drops entries that expired an hour ago. For a thread that serves no request. */
    public void sweep(Instant now) {
        for (int number = 0; number < RevocationTables.COUNT; number++) {
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
        Cutoff applied = expiry.applied(now.getEpochSecond());
        return new RevocationPlace(tables, RevocationTarget.of(target, seed), applied, senders);
    }

    /**
     * Whether a revocation of a token may have been dropped. Never true for a token that the current configuration accepts,
     * unless it accepts longer-lived tokens than the one under which the revocation was dropped, or the token is at the end of
     * its life and its issuer has a smaller clock skew than others.
     *
     * @param issuedAt when the token was issued, in seconds; {@link Long#MIN_VALUE} if that is not known
     */
    boolean mayHaveForgotten(long issuedAt) {
        return expiry.mayHaveDropped(issuedAt);
    }

    /** The revocations in one of {@link #segments()} parts, for other nodes and stores; none that expired an hour ago. */
    List<Revocation> kept(int part, Instant now) {
        List<Revocation> kept = new ArrayList<>();
        tables.forEach(
                part,
                expiry.stored(now.getEpochSecond()),
                (target, terms) -> kept.add(senders.sent(
                        RevocationTarget.senderOf(target.low()), target.revocation(terms, seed, expiry.limits()))));
        return kept;
    }

    static int segments() {
        return RevocationTables.COUNT;
    }

    /** Whether there is any revocation of a kind. */
    boolean holds(Kind kind) {
        return tables.hasAny(kind);
    }

    /** Whether every revocation that was added and has not expired is stored. */
    boolean isComplete(Clock clock) {
        return expiry.isComplete(clock.instant().getEpochSecond());
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
        return tables.total();
    }

    /** How many places a look-up passes. */
    int placesBefore(Revocation target) {
        return tables.placesBefore(RevocationTarget.of(target, seed));
    }

    /** The size of all its tables, in bytes. */
    long bytes() {
        return tables.bytes();
    }
}

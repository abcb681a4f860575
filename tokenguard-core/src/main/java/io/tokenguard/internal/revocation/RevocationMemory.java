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
 * The revocations that one process knows: a bounded number, at 48 bytes each or less, none dropped while it can hit a token.
 * Look-ups take no lock and cost the same however many there are. Adding one holds a lock for less than a millisecond; what is
 * over is dropped then, never during a request. A clock that is set back by up to an hour finds again what was over.
 *
 * <p>A revocation with an end of its own is kept until then. For any other the memory holds the moment from which the
 * retention counts, and compares that with the retention of today. It is kept for longer than that, until no configuration
 * accepts a token that it hits. If room is needed before, it is dropped after the retention of today, and tokens that it may
 * have hit count as revoked from then on: none of these is accepted by today's configuration, and clients of a later one get
 * a new token.
 */
public final class RevocationMemory {
    /** How many revocations are remembered where nothing else is said. */
    public static final int USUAL_CAPACITY = 1_000_000;

    private static final int SEGMENTS = 256;
    private static final long LINGER = Duration.ofHours(1).toSeconds();

    /** Nobody outside can choose where an entry falls. */
    private final long seed = new SecureRandom().nextLong();

    private final AtomicReferenceArray<RevocationTable> segments = new AtomicReferenceArray<>(SEGMENTS);
    private final EntryCounts counts = new EntryCounts();
    private final IssuerShares shares = new IssuerShares();
    private final AtomicLong version = new AtomicLong();
    private final ReentrantLock adding = new ReentrantLock();
    private final Turns turns = new Turns(SEGMENTS);
    private final LostRevocations lost = new LostRevocations();
    private int used;
    private long clearedAt = Long.MIN_VALUE;
    private volatile RevocationLimits limits;
    private volatile long forgotten = Long.MIN_VALUE;
    private volatile @Nullable FoldedRevocations lastFold;

    /** A memory that holds nothing. */
    public RevocationMemory(RevocationLimits limits) {
        this.limits = limits;
        for (int i = 0; i < SEGMENTS; i++) {
            segments.set(i, RevocationTable.rebuilt(null, new Cutoff(0, 0)));
        }
    }

    /** Changes the limits. The revocations that there are stay, even if they are more. */
    public void resize(RevocationLimits changed) {
        limits = changed;
    }

    /** What is over by the limits of today. */
    private Cutoff today(long now) {
        return new Cutoff(now, RevocationLimits.start(now, limits.retention()));
    }

    /** What is over by any limits. */
    private Cutoff always(long now) {
        return new Cutoff(now, RevocationLimits.start(now, limits.kept()));
    }

    /**
     * Adds a revocation; it takes effect before this returns. Beside another one of the same target, what either hits is hit,
     * for as long as either lasts. One that an issuer has sent has only that issuer's share of the places.
     *
     * @param end when it may be forgotten; or the moment from which the retention counts, if the revocation has one
     * @return whether there was room; if there was none, the memory is incomplete until no token is hit any more
     */
    public boolean add(Revocation revocation, Instant end, Instant now) {
        RevocationTarget target = RevocationTarget.of(revocation, seed).sentBy(shares.numberOf(revocation));
        long terms = RevocationTerms.of(revocation, end);
        adding.lock();
        try {
            return add(target, terms, now.getEpochSecond());
        } finally {
            adding.unlock();
        }
    }

    private boolean add(RevocationTarget target, long terms, long now) {
        if (!always(now).isLiving(target, terms)) {
            return true;
        }
        tendNext(now);
        long known = segments.get(segment(target)).find(target);
        if (known == RevocationTerms.NONE) {
            return addNew(target, terms, now);
        }
        long merged = RevocationTerms.merged(living(target, known, now), living(target, terms, now));
        if (merged != known) {
            segments.get(segment(target)).put(target, merged);
            version.incrementAndGet();
        }
        return true;
    }

    /** What is over must not make another one hit tokens that were issued since. */
    private long living(RevocationTarget target, long terms, long now) {
        if (today(now).isLiving(target, terms)) {
            return terms;
        }
        return target.isRetained() ? RevocationTerms.settled(terms) : RevocationTerms.NONE;
    }

    private boolean addNew(RevocationTarget target, long terms, long now) {
        int sender = RevocationTarget.senderOf(target.low());
        if (sender != 0 && counts.of(sender) >= shares.share(limits.capacity())) {
            foldOlderHalf(sender, now);
        }
        if (used >= limits.capacity()) {
            clear(now);
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

    /** The one that replaces them comes first, so that no look-up misses both. */
    private void fold(int sender, long until, long now) {
        Revocation all = new Revocation(
                Kind.ISSUER, shares.issuer(sender), Optional.empty(), Optional.empty(), Optional.empty());
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
        lastFold = new FoldedRevocations(shares.name(sender), until, before - counts.of(sender));
    }

    /** The last fold, while what it revokes is not over; null otherwise. */
    @Nullable
    FoldedRevocations lastFold(Instant now) {
        FoldedRevocations last = lastFold;
        return last != null && last.until() > today(now.getEpochSecond()).retained() ? last : null;
    }

    /** Learns how issuers are called, for the log. */
    void learn(Set<String> issuers) {
        issuers.forEach(shares::learn);
    }

    /** What is to be added of a revocation that an issuer has sent, with its sender. */
    Revocation folded(Revocation revocation, RevocationSender sender, Instant now) {
        if (sender.issuer().isEmpty()) {
            return revocation;
        }
        shares.learn(sender.issuer());
        Revocation sent = revocation.sentBy(sender.issuer());
        int number = shares.numberOf(sent);
        boolean isHalfFull = number != 0 && counts.of(number) >= shares.share(limits.capacity()) / 2;
        return shares.folded(sent, sender, isHalfFull, now);
    }

    /** Without room: one that is over by the limits of today is forgotten, any other leaves the memory incomplete. */
    private boolean lose(RevocationTarget target, long terms, long now) {
        boolean isOver = !today(now).isLiving(target, terms);
        if (isOver) {
            forgotten = Math.max(forgotten, RevocationTerms.end(terms));
        } else {
            lost.add(target, terms);
        }
        return isOver;
    }

    /** So that memory comes back while revocations come in: each one clears one more segment, each at most once a second. */
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

    /** Drops all that is over by the limits of today, at most once a second. */
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
        Cutoff today = today(now.getEpochSecond());
        RevocationTable table = segments.get(segment(place));
        return RevocationTerms.hit(table.find(place.ending()), issuedAt, today.ended())
                || RevocationTerms.hit(table.find(place.retained()), issuedAt, today.retained());
    }

    /**
     * Whether a revocation that hits a token may have been dropped. Never so for a token that today's configuration accepts,
     * unless tokens live longer by it than by the one under which the revocation was dropped.
     *
     * @param issuedAt when the token was issued, in seconds; {@link Long#MIN_VALUE} if that is not known
     */
    boolean mayHaveForgotten(long issuedAt) {
        return issuedAt != Long.MIN_VALUE && issuedAt <= forgotten;
    }

    /** The revocations of one of {@link #segments()} parts that are kept, as other nodes and stores can take them. */
    List<Revocation> kept(int part, Instant now) {
        List<Revocation> kept = new ArrayList<>();
        segments.get(part)
                .forEach(
                        always(now.getEpochSecond()),
                        (target, terms) -> kept.add(sent(target, target.revocation(terms, seed, limits))));
        return kept;
    }

    private Revocation sent(RevocationTarget target, Revocation revocation) {
        int sender = RevocationTarget.senderOf(target.low());
        return sender == 0
                ? revocation
                : new Revocation(
                        revocation.kind(),
                        revocation.target(),
                        revocation.issuedBefore(),
                        revocation.forgetAt(),
                        revocation.retainedFrom(),
                        Optional.of(shares.issuer(sender)));
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

    /** Whether every revocation that was told of, and is not over, is held. */
    boolean isComplete(Clock clock) {
        return lost.areNone() || lost.areOver(today(clock.instant().getEpochSecond()));
    }

    /**
     * A number that changes whenever a revocation is taken in that hits more than was hit before. Whoever finds a token not
     * revoked need not look again while it stays; it has to be read before the look.
     */
    public long version() {
        return version.get();
    }

    /** How many revocations are held, including those that are over and kept while there is room. */
    public int size() {
        return counts.total();
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

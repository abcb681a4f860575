package io.tokenguard.internal.revocation;

import io.tokenguard.access.AccessToken;
import io.tokenguard.access.GuardHealth.RevocationHealth;
import io.tokenguard.access.GuardHealth.RevocationState;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import io.tokenguard.access.RefusedException.Finding;
import io.tokenguard.access.Revocation;
import io.tokenguard.access.Revocation.Kind;
import io.tokenguard.internal.jose.NumericDate;
import io.tokenguard.spi.RevocationStore;
import io.tokenguard.spi.VerificationKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Judges whether a token was revoked. Thread-safe; waits for nobody. */
public final class RevocationCheck {
    private static final long SWEEP_SECONDS = Duration.ofMinutes(10).toSeconds();

    private final RevocationMemory memory;
    private final KeyBans bans;
    private final RevocationPolicy policy;
    private final RevocationAlarm alarm;
    private final AtomicLong lastSweep = new AtomicLong();
    private volatile RevocationHandover handover = RevocationHandover.NONE;

    /**
     * A check by what is remembered.
     *
     * @param nanoTime the time, from a source that never jumps
     */
    public RevocationCheck(RevocationMemory memory, KeyBans bans, RevocationPolicy policy, LongSupplier nanoTime) {
        this.memory = memory;
        this.bans = bans;
        this.policy = policy;
        this.alarm = new RevocationAlarm(nanoTime);
    }

    /**
     * Requires a token not to be revoked, and that this can be told.
     *
     * @throws RefusedException if it is revoked, or nobody can tell
     */
    public void check(AccessToken token) throws RefusedException {
        check(token, new RevocationCheckedAt());
    }

    /**
     * Requires the same of a token that is remembered: it is looked for only where more is known than when it was cleared.
     *
     * @param clearance that of the token
     * @throws RefusedException if it is revoked, or nobody can tell
     */
    public void check(AccessToken token, RevocationCheckedAt clearance) throws RefusedException {
        // Asked first: what becomes known after the look must not make good what was not looked at.
        boolean isKnown = isKnown();
        // Read before the look: what comes while it is under way changes the version, and is looked for the next time.
        long version = memory.version();
        if (!clearance.isOf(version)) {
            requireNotRevoked(token);
            clearance.givenAt(version);
        }
        if (!isKnown) {
            unknown();
        }
    }

    /** A number that changes with each revocation. To be read before the first look, for {@link #checkSince}. */
    public long version() {
        return memory.version();
    }

    /**
     * Requires a token that was not revoked earlier not to be revoked now. Looks for it only if anything was revoked since.
     *
     * @param version {@link #version()}, read before the earlier look
     * @throws RefusedException if it is revoked, or nobody can tell
     */
    public void checkSince(long version, AccessToken token) throws RefusedException {
        if (memory.version() != version || !memory.isComplete(policy.clock())) {
            check(token);
        }
    }

    private boolean isKnown() {
        return memory.isComplete(policy.clock())
                && (policy.store().isEmpty() || isInSync(policy.store().get()));
    }

    private boolean isInSync(RevocationStore store) {
        Optional<Duration> age = store.sinceSync();
        return age.isPresent() && age.get().compareTo(policy.outageAfter()) <= 0;
    }

    private void unknown() throws RefusedException {
        if (!policy.failsOpen()) {
            throw new RefusedException(
                    RefusalReason.REVOCATION_UNKNOWN,
                    memory.isComplete(policy.clock()) ? "not in sync" : "memory full");
        }
        alarm.passing();
    }

    private void requireNotRevoked(AccessToken token) throws RefusedException {
        long issuedAt = issuedAt(token);
        if (memory.mayHaveForgotten(issuedAt)) {
            throw new RefusedException(RefusalReason.REVOKED, "issued before a revocation that had to make room");
        }
        if (memory.size() == 0) {
            return;
        }
        Instant now = policy.clock().instant();
        sweep(now);
        Look look = new Look(memory, issuedAt, now);
        String issuer = token.issuer();
        look.require(Kind.TOKEN, token.tokenId(), id -> Revocation.token(issuer, id));
        look.require(Kind.SESSION, token.text("sid"), id -> Revocation.session(issuer, id));
        look.require(Kind.SUBJECT, token.text("sub"), subject -> Revocation.subject(issuer, subject));
        look.require(Kind.SUBJECT, otherSubject(token), subject -> Revocation.subject(issuer, subject));
        look.require(Kind.CLIENT, token.clientId(), client -> Revocation.client(issuer, client));
        look.require(Kind.ISSUER, Optional.of(issuer), Revocation::issuer);
        look.require(Kind.FINGERPRINT, fingerprint(token), Revocation::fingerprint);
    }

    /** The subject, where it is not the {@code sub} claim: logout tokens and events name that one. */
    private static Optional<String> otherSubject(AccessToken token) {
        return token.subject().filter(subject -> !subject.equals(token.claims().get("sub")));
    }

    private void sweep(Instant now) {
        long before = lastSweep.get();
        long seconds = now.getEpochSecond();
        // A clock that was set back delays no sweep.
        boolean isRecent = seconds >= before && seconds < before + SWEEP_SECONDS;
        if (isRecent || !lastSweep.compareAndSet(before, seconds)) {
            return;
        }
        try {
            policy.sweeper().execute(() -> memory.sweep(now));
        } catch (RejectedExecutionException closed) {
            // A closed guard goes on to decide; what it remembers is bounded all the same.
        }
    }

    private static Optional<String> fingerprint(AccessToken token) {
        return Optional.of(token.fingerprint()).filter(text -> !text.isEmpty());
    }

    /** What is looked for among revocations; kinds of which there are none are left out. */
    private record Look(RevocationMemory memory, long issuedAt, Instant now) {
        void require(Kind kind, Optional<String> name, Function<String, Revocation> target) throws RefusedException {
            if (name.isEmpty() || !memory.holds(kind)) {
                return;
            }
            if (memory.isHit(target.apply(name.get()), issuedAt, now)) {
                throw new RefusedException(
                        RefusalReason.REVOKED,
                        kind.name(),
                        () -> Finding.of(explain(kind, issuedAt), "a token that no revocation covers"));
            }
        }
    }

    private static String explain(Kind kind, long issuedAt) {
        String issued = issuedAt == Long.MIN_VALUE ? "no iat" : "iat " + Instant.ofEpochSecond(issuedAt);
        return "a revocation of the " + kind.name().toLowerCase(Locale.ROOT) + " that covers " + issued;
    }

    /** In whole seconds, rounded down, so that errors refuse. */
    private static long issuedAt(AccessToken token) {
        return NumericDate.seconds(token.claims().get("iat")).orElse(Long.MIN_VALUE);
    }

    /**
     * Takes a revocation in, from this node's own application or feeds: it bites when this returns, and other nodes are told.
     */
    public boolean revoke(Revocation revocation) {
        return revoke(revocation, RevocationSender.NONE);
    }

    /**
     * The same for a revocation that an issuer has sent. It has only its share of the memory; what is too much is replaced by
     * one revocation of a subject or of the issuer.
     */
    public boolean revoke(Revocation revocation, RevocationSender sender) {
        if (KeyBans.isBan(revocation)) {
            return bans.addAndPublish(KeyBans.neverEnding(revocation));
        }
        Revocation ending =
                ending(memory.folded(revocation, sender, policy.clock().instant()));
        boolean isHeld = rememberEnding(ending);
        return publish(ending) && isHeld;
    }

    private boolean publish(Revocation revocation) {
        return policy.store().map(store -> store.publish(revocation)).orElse(true);
    }

    /** Takes a revocation in that other nodes know. */
    public boolean remember(Revocation revocation) {
        if (KeyBans.isBan(revocation)) {
            return bans.add(KeyBans.neverEnding(revocation));
        }
        return rememberEnding(ending(revocation));
    }

    private boolean rememberEnding(Revocation ending) {
        Instant now = policy.clock().instant();
        Instant moment = ending.retainedFrom().or(ending::forgetAt).orElseThrow();
        boolean isHeld = memory.add(ending, moment, now);
        FoldedRevocations fold = memory.lastFold(now);
        if (fold != null) {
            alarm.folded(fold);
        }
        if (!isHeld) {
            alarm.full();
        }
        return isHeld;
    }

    /** Begins to take in what the store knows. A store that an older check follows goes on as it is. */
    public void follow(Optional<RevocationCheck> older) {
        if (older.filter(this::hasStoreOf).isEmpty()) {
            policy.store().ifPresent(store -> store.follow(this::remember));
        }
    }

    private boolean hasStoreOf(RevocationCheck other) {
        return policy.store().equals(other.policy.store());
    }

    /**
     * Takes effect in the place of an older check. Can't fail.
     *
     * @param keys the keys that are known now, by issuer
     */
    public void succeed(Optional<RevocationCheck> older, Supplier<Map<String, Collection<VerificationKey>>> keys) {
        memory.resize(policy.limits());
        memory.learn(keys.get().keySet());
        bans.use(keys, this::publish, policy.sweeper());
        older.filter(this::hasStoreOf).ifPresent(same -> handover = same.handover);
    }

    /** Begins to hand what is known to a store that the older check did not have. Returns at once. */
    public void handOver(RevocationCheck older) {
        if (!hasStoreOf(older) && policy.store().isPresent()) {
            handover = RevocationHandover.begin(memory, bans, policy.store().get(), policy.clock());
        }
    }

    /** Closes the store. */
    public void close() {
        handover.stop();
        policy.store().ifPresent(RevocationStore::close);
    }

    /** Closes the store, unless a newer check goes on to use it. */
    public void closeFor(RevocationCheck newer) {
        if (!hasStoreOf(newer)) {
            close();
        }
    }

    /**
     * A revocation without an end hits tokens for the retention, from when the last token is issued that it has to hit. It
     * is kept for longer, and the retention is compared whenever it is looked for, so that neither a later configuration nor
     * another node forgets it too early.
     */
    private Revocation ending(Revocation revocation) {
        if (revocation.forgetAt().isPresent()) {
            return revocation;
        }
        Instant now = policy.clock().instant();
        Instant lastIssue = revocation.issuedBefore().filter(now::isBefore).orElse(now);
        return policy.limits().retained(revocation, lastIssue);
    }

    /** How it is told what is revoked, now. */
    public RevocationHealth health() {
        Instant now = policy.clock().instant();
        return new RevocationHealth(
                state(), policy.store().flatMap(RevocationStore::sinceSync).map(now::minus), trouble(), memory.size());
    }

    private RevocationState state() {
        if (isKnown()) {
            return trouble().isEmpty() ? RevocationState.KNOWN : RevocationState.DEGRADED;
        }
        return policy.failsOpen() ? RevocationState.DEGRADED : RevocationState.UNKNOWN;
    }

    private Optional<String> trouble() {
        if (!memory.isComplete(policy.clock())) {
            return Optional.of("memory full");
        }
        FoldedRevocations fold = memory.lastFold(policy.clock().instant());
        return fold == null ? policy.store().flatMap(RevocationStore::trouble) : Optional.of(fold.describe());
    }
}

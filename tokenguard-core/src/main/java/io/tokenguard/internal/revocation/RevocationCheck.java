package io.tokenguard.internal.revocation;

import io.tokenguard.access.AccessToken;
import io.tokenguard.access.GuardHealth.RevocationHealth;
import io.tokenguard.access.GuardHealth.RevocationState;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import io.tokenguard.access.Revocation;
import io.tokenguard.spi.RevocationStore;
import io.tokenguard.spi.VerificationKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Checks whether a token was revoked. Thread-safe; never waits. */
public final class RevocationCheck {
    /** No version of the revocations. */
    public static final long NEVER = -1;

    private static final long SWEEP_SECONDS = Duration.ofMinutes(10).toSeconds();

    private final RevocationMemory memory;
    private final KeyBans bans;
    private final RevocationPolicy policy;
    private final TokenNaming naming;
    private final RevocationLookUp lookUp;
    private final RevocationAlarm alarm;
    private final AtomicLong lastSweep = new AtomicLong();

    /** The latest second at which a token was looked up. What was over then is in force again if the clock is set back. */
    private volatile long lastLookUp = Long.MIN_VALUE;

    private volatile RevocationHandover handover = RevocationHandover.NONE;

    /**
     * A check by what is remembered.
     *
     * @param naming the names by which revocations may mean a token
     * @param nanoTime the time, from a source that never jumps
     */
    public RevocationCheck(
            RevocationMemory memory, KeyBans bans, RevocationPolicy policy, TokenNaming naming, LongSupplier nanoTime) {
        this.memory = memory;
        this.bans = bans;
        this.policy = policy;
        this.naming = naming;
        this.lookUp = new RevocationLookUp(memory, naming);
        this.alarm = new RevocationAlarm(nanoTime);
    }

    /**
     * Requires a token not to be revoked; throws if it is revoked, or if that is not known.
     *
     * @param now the time at which the token's end was checked: at a later one, the revocation may be over
     */
    public void check(AccessToken token, Instant now) throws RefusedException {
        long unused = check(token, NEVER, now);
    }

    /**
     * Requires the same of a cached token: looks it up only if revocations were added since it was last checked, or the clock
     * was set back.
     *
     * @param checkedAt the version of the revocations at which the token was last checked; {@link #NEVER} if it was not
     * @param now the time at which the token's end was checked
     * @return the version of the revocations at which it was checked now
     * @throws RefusedException if it is revoked, or if that is not known
     */
    public long check(AccessToken token, long checkedAt, Instant now) throws RefusedException {
        // Read first: if the state becomes known during the look-up, this look-up may have missed revocations.
        boolean isKnown = isKnown();
        // Read before the look-up: a revocation added during it changes the version, and the next check looks again.
        long version = memory.version();
        if (checkedAt != version || now.getEpochSecond() < lastLookUp) {
            lookUp(token, now);
        }
        if (!isKnown) {
            unknown();
        }
        return version;
    }

    /** Changes with each revocation. To be read before the first look-up, for {@link #checkSince}. */
    public long version() {
        return memory.version();
    }

    /**
     * Requires a token that was not revoked at the earlier check not to be revoked now. Looks it up only if a revocation was
     * added since.
     *
     * @param version {@link #version()}, read before the earlier check
     * @param now the time at which the token's end was checked
     * @throws RefusedException if it is revoked, or if that is not known
     */
    public void checkSince(long version, AccessToken token, Instant now) throws RefusedException {
        if (memory.version() != version || !memory.isComplete(policy.clock())) {
            check(token, now);
        }
    }

    private void lookUp(AccessToken token, Instant now) throws RefusedException {
        sweep(now);
        lookUp.require(token, now);
        if (now.getEpochSecond() > lastLookUp) {
            lastLookUp = now.getEpochSecond();
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

    private void sweep(Instant now) {
        if (memory.size() == 0) {
            return;
        }
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
            // A closed guard still decides; its memory is bounded all the same.
        }
    }

    /** Adds a revocation of this node's application: in effect when this returns, and published to the other nodes. */
    public boolean revoke(Revocation revocation) {
        return revoke(revocation, RevocationSender.NONE);
    }

    /** Adds a revocation that an issuer sent, or this node's application, by each text that names its issuer. */
    public boolean revoke(Revocation revocation, RevocationSender sender) {
        boolean isBan = KeyBans.isBan(revocation);
        Revocation folded = memory.folded(revocation, sender, policy.clock().instant());
        boolean areKept = true;
        for (Revocation named : naming.issuers().byAllTexts(folded)) {
            areKept &= isBan ? bans.addAndPublish(KeyBans.neverEnding(named)) : keep(ending(named));
        }
        return areKept;
    }

    private Revocation ending(Revocation revocation) {
        return policy.limits().ending(revocation, policy.clock().instant());
    }

    private boolean keep(Revocation ending) {
        boolean isHeld = rememberEnding(ending);
        return publish(ending) && isHeld;
    }

    private boolean publish(Revocation revocation) {
        return policy.store().map(store -> store.publish(revocation)).orElse(true);
    }

    /** Adds a revocation of another node. */
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

    /** Starts to follow the store, unless an older check follows it already. */
    public void follow(Optional<RevocationCheck> older) {
        if (older.filter(this::hasStoreOf).isEmpty()) {
            policy.store().ifPresent(store -> store.follow(this::remember));
        }
    }

    private boolean hasStoreOf(RevocationCheck other) {
        return policy.store().equals(other.policy.store());
    }

    /**
     * Takes effect, replacing an older check if there is one. Can't fail.
     *
     * @param keys the current keys, by issuer
     */
    public void succeed(Optional<RevocationCheck> older, Supplier<Map<String, Collection<VerificationKey>>> keys) {
        memory.resize(policy.limits());
        memory.learn(keys.get().keySet());
        memory.learn(naming.issuers().further());
        bans.use(keys, naming.issuers(), this::publish, policy.sweeper());
        older.filter(this::hasStoreOf).ifPresent(same -> handover = same.handover);
    }

    /** Starts to copy the known revocations to a store that the older check did not have. Returns at once. */
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

    /** Closes the store, unless a newer check uses it. */
    public void closeFor(RevocationCheck newer) {
        if (!hasStoreOf(newer)) {
            close();
        }
    }

    /** The bans and revocations that this node knows: those that a condition selects, up to a number. */
    public List<Revocation> known(Predicate<Revocation> wanted, int most) {
        Instant now = policy.clock().instant();
        Stream<Revocation> revocations = IntStream.range(0, RevocationMemory.segments())
                .boxed()
                .flatMap(part -> memory.kept(part, now).stream());
        return Stream.concat(bans.kept().stream(), revocations)
                .filter(revocation ->
                        revocation.forgetAt().filter(end -> !end.isAfter(now)).isEmpty())
                .filter(wanted)
                .limit(most)
                .toList();
    }

    /** The current state. */
    public RevocationHealth health() {
        Instant now = policy.clock().instant();
        return new RevocationHealth(
                state(), policy.store().flatMap(RevocationStore::sinceSync).map(now::minus), trouble(), memory.size());
    }

    /** How long ago the revocations of other nodes were complete; empty if never, or without a shared store. */
    public Optional<Duration> lag() {
        return policy.store().flatMap(RevocationStore::sinceSync);
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

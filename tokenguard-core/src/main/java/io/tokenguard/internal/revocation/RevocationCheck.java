package io.tokenguard.internal.revocation;

import io.tokenguard.access.AccessToken;
import io.tokenguard.access.OutagePolicy;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import io.tokenguard.access.Revocation;
import io.tokenguard.access.Revocation.Kind;
import io.tokenguard.spi.RevocationStore;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BiFunction;

/** Judges whether a token was revoked. Thread-safe; waits for nobody. */
public final class RevocationCheck {
    private static final BigDecimal FARTHEST = BigDecimal.valueOf(Long.MAX_VALUE);

    private final RevocationMemory memory;
    private final RevocationPolicy policy;
    private final RevocationAlarm alarm = new RevocationAlarm();

    /** A check by what is remembered. */
    public RevocationCheck(RevocationMemory memory, RevocationPolicy policy) {
        this.memory = memory;
        this.policy = policy;
    }

    /**
     * Requires a token not to be revoked, and that this can be told.
     *
     * @param presented the token as it was sent
     * @throws RefusedException if it is revoked, or nobody can tell
     */
    public void check(AccessToken token, String presented) throws RefusedException {
        Instant now = policy.clock().instant();
        // Asked first: what becomes known after the look must not make good what was not looked at.
        boolean isKnown = isKnown(now);
        requireNotRevoked(token, presented);
        if (!isKnown) {
            unknown(now);
        }
    }

    /**
     * Requires that it can be told which tokens are revoked. To be called before {@link #version()} is compared.
     *
     * @throws RefusedException if it can't, and tokens are refused then
     */
    public void requireKnown() throws RefusedException {
        Instant now = policy.clock().instant();
        if (!isKnown(now)) {
            unknown(now);
        }
    }

    private boolean isKnown(Instant now) {
        return memory.isComplete(now) && policy.store().map(this::isInSync).orElse(true);
    }

    private boolean isInSync(RevocationStore store) {
        Optional<Duration> age = store.sinceSync();
        return age.isPresent() && age.get().compareTo(policy.outageAfter()) <= 0;
    }

    private void unknown(Instant now) throws RefusedException {
        if (policy.outage() == OutagePolicy.DENY) {
            throw new RefusedException(
                    RefusalReason.REVOCATION_UNKNOWN, memory.isComplete(now) ? "not in sync" : "memory full");
        }
        alarm.passing(now);
    }

    /**
     * Requires a token not to be among those that are known to be revoked. Need not be called again for the same token while
     * {@link #version()} stays what it was before the last call.
     *
     * @param presented the token as it was sent
     * @throws RefusedException if it is
     */
    public void requireNotRevoked(AccessToken token, String presented) throws RefusedException {
        if (memory.size() == 0) {
            return;
        }
        Finding finding =
                new Finding(token.issuer(), issuedAt(token), policy.clock().instant());
        require(finding, Kind.TOKEN, token.tokenId(), Revocation::token);
        require(finding, Kind.SESSION, token.text("sid"), Revocation::session);
        require(finding, Kind.SUBJECT, token.subject(), Revocation::subject);
        require(finding, Kind.CLIENT, token.clientId(), Revocation::client);
        require(finding, Kind.ISSUER, Optional.of(""), (issuer, unused) -> Revocation.issuer(issuer));
        require(finding, Kind.FINGERPRINT, Optional.of(presented), (unused, text) -> Revocation.presented(text));
    }

    private record Finding(String issuer, long issuedAt, Instant now) {}

    private void require(
            Finding finding, Kind kind, Optional<String> name, BiFunction<String, String, Revocation> target)
            throws RefusedException {
        if (name.isEmpty() || !memory.holds(kind)) {
            return;
        }
        if (memory.isHit(target.apply(finding.issuer, name.get()), finding.issuedAt, finding.now)) {
            throw new RefusedException(RefusalReason.REVOKED, kind.name());
        }
    }

    /** In whole seconds, rounded down: of two readings, the one that hits. */
    private static long issuedAt(AccessToken token) {
        Object issuedAt = token.claims().get("iat");
        if (issuedAt instanceof Long seconds) {
            return seconds;
        }
        return issuedAt instanceof BigDecimal seconds
                ? seconds.min(FARTHEST)
                        .max(BigDecimal.ZERO)
                        .setScale(0, RoundingMode.FLOOR)
                        .longValue()
                : Long.MIN_VALUE;
    }

    /**
     * Takes a revocation in, from this node's own application or feeds: it bites when this returns, and other nodes are told.
     */
    public void revoke(Revocation revocation) {
        Revocation ending = ending(revocation);
        remember(ending);
        policy.store().ifPresent(store -> store.publish(ending));
    }

    /** Takes a revocation in that other nodes know. */
    public void remember(Revocation revocation) {
        Instant now = policy.clock().instant();
        Instant end = ending(revocation).forgetAt().orElseThrow();
        if (!memory.add(revocation, end, now)) {
            alarm.full(now);
        }
    }

    /** Begins to take in what the store knows. A store that an older check follows goes on as it is. */
    public void follow(Optional<RevocationCheck> older) {
        policy.store()
                .filter(store -> !older.flatMap(check -> check.policy.store())
                        .filter(store::equals)
                        .isPresent())
                .ifPresent(store -> store.follow(this::remember));
    }

    /** Closes the store. */
    public void close() {
        policy.store().ifPresent(RevocationStore::close);
    }

    /** Closes the store, unless a newer check goes on to use it. */
    public void closeFor(RevocationCheck newer) {
        if (!policy.store().equals(newer.policy.store())) {
            close();
        }
    }

    /** Where it does not say when it may be forgotten: when the last token that it hits is over. */
    private Revocation ending(Revocation revocation) {
        if (revocation.forgetAt().isPresent()) {
            return revocation;
        }
        Instant now = policy.clock().instant();
        Instant lastIssue = revocation.issuedBefore().filter(now::isBefore).orElse(now);
        return revocation.until(lastIssue.plus(policy.retention()));
    }

    /** A number that changes with every revocation that hits more than was hit before. */
    public long version() {
        return memory.version();
    }
}

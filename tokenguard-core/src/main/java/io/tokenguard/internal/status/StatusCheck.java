package io.tokenguard.internal.status;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.tokenguard.access.AccessToken;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import io.tokenguard.access.RefusedException.Finding;
import io.tokenguard.internal.claims.ClaimReader;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/** Checks tokens against the status lists of their issuers (Token Status List §8.3). Thread-safe. */
public final class StatusCheck implements AutoCloseable {
    private static final int MOST_ISSUERS = 10_000;
    private static final Duration IDLE = Duration.ofHours(2);
    private static final int VALID = 0;
    private static final int SUSPENDED = 2;

    private final ListSupplies supplies;
    private final Cache<String, IssuerLists> issuers;
    private final boolean mayWait;

    /** A check with the issuers' published lists. */
    public StatusCheck(ListSupplies supplies) {
        this.supplies = supplies;
        this.issuers = Caffeine.newBuilder()
                .maximumSize(MOST_ISSUERS)
                .expireAfterAccess(IDLE)
                .ticker(supplies.clocks().nanoTime()::getAsLong)
                .executor(Runnable::run)
                .build();
        this.mayWait = true;
    }

    private StatusCheck(StatusCheck shared) {
        this.supplies = shared.supplies;
        this.issuers = shared.issuers;
        this.mayWait = false;
    }

    /** The same lists, for decisions that must not wait. Must not be closed: the other check closes the lists. */
    public StatusCheck withoutWaiting() {
        return new StatusCheck(this);
    }

    /**
     * Requires a token with a status reference to be valid in its list.
     *
     * @throws RefusedException if it is not, if that is not known, or if it has no reference although one is required
     */
    public void check(AccessToken token) throws RefusedException {
        Optional<StatusReference> reference = StatusReference.of(token.claims());
        if (reference.isPresent()) {
            check(token.issuer(), reference.get());
        } else if (supplies.policy().isRequired()) {
            throw ClaimReader.missing("status");
        }
    }

    private void check(String issuer, StatusReference reference) throws RefusedException {
        OptionalInt status =
                listsOf(issuer).require(reference.address(), mayWait).at(reference.index());
        // §8.3: the status of an index beyond the list is not known.
        if (status.isEmpty()) {
            throw new RefusedException(
                    RefusalReason.REVOCATION_UNKNOWN,
                    "status list is shorter",
                    () -> Finding.of(
                            "index " + reference.index(), "an index within the status list at " + reference.address()));
        }
        if (status.getAsInt() != VALID) {
            throw new RefusedException(
                    RefusalReason.REVOKED,
                    status.getAsInt() == SUSPENDED ? "suspended" : "status",
                    () -> Finding.of("status " + status.getAsInt() + " in the status list", "status 0 (valid)"));
        }
    }

    private IssuerLists listsOf(String issuer) {
        return issuers.get(issuer, named -> new IssuerLists(supplies, named));
    }

    /** Uses the lists of an older configuration until its own are loaded. */
    public void inherit(StatusCheck older) {
        older.issuers.asMap().forEach((issuer, lists) -> listsOf(issuer).inherit(lists));
    }

    /** The number of lists in memory. */
    public long size() {
        return issuers.asMap().values().stream().mapToLong(IssuerLists::size).sum();
    }

    @Override
    public void close() {
        issuers.asMap().values().forEach(IssuerLists::close);
    }
}

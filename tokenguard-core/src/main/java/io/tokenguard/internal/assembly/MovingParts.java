package io.tokenguard.internal.assembly;

import io.tokenguard.internal.audit.FailureLog;
import io.tokenguard.internal.issuers.IssuerRegistry;
import io.tokenguard.internal.possession.PossessionCheck;
import io.tokenguard.internal.revocation.RevocationCheck;
import io.tokenguard.internal.status.StatusCheck;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The parts of one configuration that are started, handed over and closed.
 *
 * @param issuers the issuers' keys
 * @param possession used proofs
 * @param revocation revocations
 * @param statuses status lists; empty if they are not used
 * @param shared the shared state
 * @param workers the threads
 */
record MovingParts(
        IssuerRegistry issuers,
        PossessionCheck possession,
        RevocationCheck revocation,
        Optional<StatusCheck> statuses,
        OpenedSharedState shared,
        Workers workers) {
    /** Follows the stores that the older configuration, if there is one, does not follow. May fail. */
    void follow(Optional<MovingParts> older) {
        revocation.follow(older.map(MovingParts::revocation));
    }

    /** Uses the keys and lists of an older configuration until its own are loaded. May fail. */
    void inherit(MovingParts older) {
        issuers.inherit(older.issuers);
        statuses.ifPresent(mine -> older.statuses.ifPresent(mine::inherit));
    }

    /** Takes effect, replacing an older configuration if there is one. Can't fail: nothing here leaves this process. */
    void takeEffect(GuardState state, Optional<MovingParts> older, Instant now) {
        possession.succeed(older.map(MovingParts::possession), now);
        revocation.succeed(older.map(MovingParts::revocation), issuers::keys);
        state.use(shared);
    }

    /**
     * Hands the state of this node over to stores that the older configuration did not have, and closes what only that used.
     */
    void replace(MovingParts older) {
        safely(() -> revocation.handOver(older.revocation));
        older.closeExcept(this);
    }

    /** Closes all but what another configuration uses too. If a part can't be closed, the others are closed nevertheless. */
    void closeExcept(MovingParts other) {
        List.<Runnable>of(
                        () -> statuses.ifPresent(StatusCheck::close),
                        () -> issuers.closeAllBut(other.issuers.sources()),
                        () -> possession.closeFor(other.possession),
                        () -> revocation.closeFor(other.revocation),
                        () -> shared.closeFor(other.shared),
                        workers::close)
                .forEach(MovingParts::safely);
    }

    private static void safely(Runnable part) {
        try {
            part.run();
        } catch (RuntimeException | Error failure) {
            FailureLog.changeFailed(failure);
        }
    }

    /** Closes all. */
    void close() {
        statuses.ifPresent(StatusCheck::close);
        issuers.closeAllBut(Set.of());
        possession.close();
        revocation.close();
        shared.close();
        workers.close();
    }
}

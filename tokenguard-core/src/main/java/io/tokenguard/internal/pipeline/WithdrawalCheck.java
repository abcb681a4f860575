package io.tokenguard.internal.pipeline;

import io.tokenguard.access.AccessToken;
import io.tokenguard.access.RefusedException;
import io.tokenguard.internal.issuers.TrustedKeys;
import io.tokenguard.internal.issuers.VerifiedToken;
import io.tokenguard.internal.revocation.RevocationCheck;
import io.tokenguard.internal.status.StatusCheck;
import java.time.Instant;
import java.util.Optional;

/**
 * Checks whether a token was revoked, set to invalid in a status list, or signed by a key that was banned since.
 *
 * @param revocation checks revocations
 * @param statuses checks status lists; empty if they are not used
 * @param keys knows banned keys
 */
public record WithdrawalCheck(RevocationCheck revocation, Optional<StatusCheck> statuses, TrustedKeys keys) {
    /** The same for decisions that must not wait. */
    WithdrawalCheck withoutWaiting() {
        return new WithdrawalCheck(revocation, statuses.map(StatusCheck::withoutWaiting), keys);
    }

    /** The version of the revocations, to be read before a decision begins. */
    long version() {
        return revocation.version();
    }

    void requireNotRevoked(ValidatedToken validated, AccessToken token, Instant now) throws RefusedException {
        if (validated.verified().isEmpty()) {
            revocation.check(token, now);
            return;
        }
        VerifiedToken verified = validated.verified().get();
        verified.checkedAt(revocation.check(token, verified.checkedAt(), now));
    }

    void requireNotRevoked(AccessToken token, Instant now) throws RefusedException {
        revocation.check(token, now);
    }

    void requireValidStatus(AccessToken token) throws RefusedException {
        if (statuses.isPresent()) {
            statuses.get().check(token);
        }
    }

    /**
     * Requires that neither the token was revoked nor its key banned during the rest of the decision, which may have waited
     * for a status list, a rule or a store. Call it last.
     *
     * @param version the result of {@link #version} at the start
     * @param now the time of the decision
     */
    void requireUnchangedSince(long version, AccessToken token, Instant now) throws RefusedException {
        keys.requireNotBanned(token);
        revocation.checkSince(version, token, now);
    }
}

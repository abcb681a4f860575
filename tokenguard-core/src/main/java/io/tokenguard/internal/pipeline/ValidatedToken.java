package io.tokenguard.internal.pipeline;

import io.tokenguard.access.AccessToken;
import io.tokenguard.internal.issuers.VerifiedToken;
import io.tokenguard.internal.revocation.RevocationCheckedAt;
import java.util.Optional;

/**
 * A token that is accepted as far as it and its issuer are concerned.
 *
 * @param token what it says
 * @param clearance when it was last compared with the revocations
 * @param verified what can be cached of it; empty if its issuer was asked about it
 */
record ValidatedToken(AccessToken token, RevocationCheckedAt clearance, Optional<VerifiedToken> verified) {
    static ValidatedToken of(VerifiedToken verified) {
        return new ValidatedToken(verified.token(), verified.clearance(), Optional.of(verified));
    }

    /** One that its issuer was asked about. */
    static ValidatedToken answered(AccessToken token) {
        return new ValidatedToken(token, new RevocationCheckedAt(), Optional.empty());
    }
}

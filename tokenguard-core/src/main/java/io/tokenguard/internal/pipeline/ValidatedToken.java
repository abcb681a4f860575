package io.tokenguard.internal.pipeline;

import io.tokenguard.access.AccessToken;
import io.tokenguard.internal.issuers.VerifiedToken;
import java.util.Optional;

/**
 * A token that is accepted apart from possession, revocation and authorization.
 *
 * @param token the token
 * @param verified what can be cached of it; empty if it was introspected
 */
record ValidatedToken(AccessToken token, Optional<VerifiedToken> verified) {
    static ValidatedToken of(VerifiedToken verified) {
        return new ValidatedToken(verified.token(), Optional.of(verified));
    }

    /** A token that was introspected. */
    static ValidatedToken answered(AccessToken token) {
        return new ValidatedToken(token, Optional.empty());
    }
}

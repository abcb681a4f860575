package io.tokenguard;

import io.tokenguard.access.AccessToken;
import io.tokenguard.internal.revocation.RevocationCheckedAt;
import java.util.Optional;

/**
 * A token that is good as far as it and its issuer are concerned.
 *
 * @param token what it says
 * @param clearance when it was last looked for among the revoked ones
 * @param vouched what can be remembered of it; empty where its issuer has to be asked about it
 */
record ValidatedToken(AccessToken token, RevocationCheckedAt clearance, Optional<VerifiedToken> vouched) {
    static ValidatedToken of(VerifiedToken vouched) {
        return new ValidatedToken(vouched.token(), vouched.clearance(), Optional.of(vouched));
    }

    /** One that its issuer has answered for. */
    static ValidatedToken answered(AccessToken token) {
        return new ValidatedToken(token, new RevocationCheckedAt(), Optional.empty());
    }
}

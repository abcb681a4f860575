package io.tokenguard;

import io.tokenguard.access.AccessToken;
import io.tokenguard.internal.revocation.Clearance;
import java.util.Optional;

/**
 * A token that is good as far as it and its issuer are concerned.
 *
 * @param token what it says
 * @param clearance when it was last looked for among the revoked ones
 * @param vouched what can be remembered of it; empty where its issuer has to be asked about it
 */
record ExaminedToken(AccessToken token, Clearance clearance, Optional<VouchedToken> vouched) {
    static ExaminedToken of(VouchedToken vouched) {
        return new ExaminedToken(vouched.token(), vouched.clearance(), Optional.of(vouched));
    }

    /** One that its issuer has answered for. */
    static ExaminedToken answered(AccessToken token) {
        return new ExaminedToken(token, new Clearance(), Optional.empty());
    }
}

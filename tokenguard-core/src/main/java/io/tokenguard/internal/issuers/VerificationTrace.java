package io.tokenguard.internal.issuers;

import io.tokenguard.internal.token.UnverifiedToken;
import io.tokenguard.internal.token.VerifiedClaims;

/** Records the progress of a verification, for the operator. */
public interface VerificationTrace {
    /** Records nothing. */
    VerificationTrace NONE = new VerificationTrace() {
        @Override
        public UnverifiedToken parsed(UnverifiedToken token) {
            return token;
        }

        @Override
        public VerifiedClaims verified(VerifiedClaims claims) {
            return claims;
        }
    };

    /** The token was parsed; returns it. */
    UnverifiedToken parsed(UnverifiedToken token);

    /** The signature was verified; returns the claims. */
    VerifiedClaims verified(VerifiedClaims claims);
}

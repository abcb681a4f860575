package io.tokenguard.internal.issuers;

import io.tokenguard.internal.token.UnverifiedToken;
import io.tokenguard.internal.token.VerifiedClaims;

/** Takes down how far a verification got, for the operator. */
public interface VerificationTrace {
    /** Takes nothing down. */
    VerificationTrace NONE = new VerificationTrace() {
        @Override
        public UnverifiedToken parsed(UnverifiedToken token) {
            return token;
        }

        @Override
        public IssuerRules ruled(IssuerRules rules) {
            return rules;
        }

        @Override
        public VerifiedClaims verified(VerifiedClaims claims) {
            return claims;
        }
    };

    /** The token was parsed; returns it. */
    UnverifiedToken parsed(UnverifiedToken token);

    /** The issuer is trusted; returns its rules. */
    IssuerRules ruled(IssuerRules rules);

    /** The signature was verified; returns the claims. */
    VerifiedClaims verified(VerifiedClaims claims);
}

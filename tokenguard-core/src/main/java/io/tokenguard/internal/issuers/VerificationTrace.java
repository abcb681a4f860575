package io.tokenguard.internal.issuers;

import io.tokenguard.access.AddressRange;
import io.tokenguard.internal.token.UnverifiedToken;
import io.tokenguard.internal.token.VerifiedClaims;
import java.util.List;
import java.util.Optional;

/** Records how far a verification got, for the operator, and knows who wants it. */
public interface VerificationTrace {
    /** Records nothing; no request. */
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

        @Override
        public Optional<AddressRange> network(List<AddressRange> proxies) {
            return Optional.empty();
        }
    };

    /** The token was parsed; returns it. */
    UnverifiedToken parsed(UnverifiedToken token);

    /** The issuer is trusted; returns its rules. */
    IssuerRules ruled(IssuerRules rules);

    /** The signature was verified; returns the claims. */
    VerifiedClaims verified(VerifiedClaims claims);

    /**
     * The network of the client that sent the token; empty if that is not known.
     *
     * @param proxies the proxies whose forwarding fields count
     */
    Optional<AddressRange> network(List<AddressRange> proxies);
}

package io.tokenguard.migrating.jose4j.after;

import io.tokenguard.TokenGuard;
import io.tokenguard.TrustedIssuer;
import io.tokenguard.access.AccessToken;
import io.tokenguard.access.RefusedException;
import io.tokenguard.access.SignatureAlgorithm;

public class TokenCheck implements AutoCloseable {
    private final TokenGuard guard;

    public TokenCheck(String issuer) {
        guard = TokenGuard.builder()
                .issuer(TrustedIssuer.builder(issuer)
                        .audience("https://api.example.com")
                        .algorithms(SignatureAlgorithm.RS256)
                        .build())
                .build();
    }

    /** The subject, if the token is good and has the scope. */
    public String subjectOf(String token, String scope) throws RefusedException {
        AccessToken accepted = guard.validate(token);
        if (!accepted.hasScope(scope)) {
            throw new SecurityException("insufficient scope");
        }
        return accepted.subject().orElseThrow();
    }

    @Override
    public void close() {
        guard.close();
    }
}

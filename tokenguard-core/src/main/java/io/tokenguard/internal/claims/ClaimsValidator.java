package io.tokenguard.internal.claims;

import io.tokenguard.access.AccessToken;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import io.tokenguard.internal.token.VouchedClaims;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * Judges what never changes about a token: that it has what it must have, in the right shape, from the right issuer, for
 * this API (RFC 9068 §4). Immutable.
 */
public final class ClaimsValidator {
    private final ClaimsPolicy policy;

    /** A validator of one issuer's tokens. */
    public ClaimsValidator(ClaimsPolicy policy) {
        this.policy = policy;
    }

    /**
     * Validates claims.
     *
     * @return what the token says; its lifetime is not judged here
     * @throws RefusedException if a claim is missing, malformed, or not meant for this API
     */
    public AccessToken validate(VouchedClaims vouched) throws RefusedException {
        ClaimReader claims = new ClaimReader(vouched.members());
        for (String name : policy.required()) {
            if (!claims.has(name)) {
                throw new RefusedException(RefusalReason.CLAIM_MISSING, name);
            }
        }
        requireIssuer(claims);
        requireAudience(claims);
        return new AccessToken(
                policy.issuer(),
                claims.identifier("sub"),
                claims.identifier("client_id"),
                claims.identifier("jti"),
                ScopeGrammar.read(
                        claims.texts(policy.scopeClaim()), policy.scopeClaim().get(0)),
                readRoles(claims),
                readExpiry(claims),
                vouched.members());
    }

    private void requireIssuer(ClaimReader claims) throws RefusedException {
        if (!claims.texts(List.of("iss")).equals(List.of(policy.issuer()))) {
            throw new RefusedException(RefusalReason.ISSUER_UNKNOWN);
        }
    }

    private void requireAudience(ClaimReader claims) throws RefusedException {
        List<String> audiences = claims.texts(List.of("aud"));
        if (audiences.contains("")) {
            throw ClaimReader.malformed("aud");
        }
        if (audiences.stream().noneMatch(policy.audiences()::contains)) {
            throw new RefusedException(RefusalReason.AUDIENCE_MISMATCH);
        }
    }

    private Set<String> readRoles(ClaimReader claims) throws RefusedException {
        return policy.rolesClaim().isEmpty() ? Set.of() : claims.names(policy.rolesClaim());
    }

    private static Instant readExpiry(ClaimReader claims) throws RefusedException {
        return Instant.ofEpochSecond(
                claims.numericDate("exp").orElseThrow(() -> new RefusedException(RefusalReason.CLAIM_MISSING, "exp")));
    }
}

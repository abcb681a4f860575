package io.tokenguard.internal.issuers;

import io.tokenguard.internal.token.VerifiedClaims;
import java.util.Set;

/**
 * The texts that name one issuer. What its tokens say is brought to its identifier, so that later steps, revocations and the
 * application know one name.
 *
 * @param issuer its identifier
 * @param aliases further texts
 */
public record IssuerNames(String issuer, Set<String> aliases) {
    /** Copies the aliases. */
    public IssuerNames {
        aliases = Set.copyOf(aliases);
    }

    /** The claims with the identifier in {@code iss} if an alias is there. */
    public VerifiedClaims normal(VerifiedClaims claims) {
        return claims.members().get("iss") instanceof String name && aliases.contains(name)
                ? claims.issuedBy(issuer)
                : claims;
    }
}

package io.tokenguard.internal.settings;

import io.tokenguard.access.SignatureAlgorithm;
import io.tokenguard.config.Credentials;
import java.util.Optional;
import java.util.Set;

/**
 * What the tokens of one issuer must contain.
 *
 * @param audience their recipients
 * @param algorithms the accepted signature algorithms
 * @param types the accepted types, any type if there are none; empty for those of the dialect
 * @param claims their claims
 * @param lifetime how long they may live
 * @param credentials where requests may carry them
 */
public record TokenSettings(
        AudienceSettings audience,
        Set<SignatureAlgorithm> algorithms,
        Optional<Set<String>> types,
        ClaimSettings claims,
        LifetimeSettings lifetime,
        Credentials credentials) {
    /** Copies the set. */
    public TokenSettings {
        algorithms = Set.copyOf(algorithms);
    }

    /** The names of this API, of which a token must contain one. */
    public Set<String> audiences() {
        return audience.names();
    }

    /** The same with other algorithms. */
    TokenSettings signedBy(Set<SignatureAlgorithm> others) {
        return new TokenSettings(audience, others, types, claims, lifetime, credentials);
    }
}

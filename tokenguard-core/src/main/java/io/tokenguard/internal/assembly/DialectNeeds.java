package io.tokenguard.internal.assembly;

import io.tokenguard.access.ConfigurationException;
import io.tokenguard.config.Dialect;
import io.tokenguard.internal.claims.ClaimRule;
import io.tokenguard.internal.settings.ClaimSettings;
import io.tokenguard.internal.settings.DialectOrigin;
import io.tokenguard.internal.settings.IssuerSettings;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Settings that a dialect can't be used without: anyone can get tokens of it for any audience, or all of them are ID tokens.
 *
 * @param key the setting that is missing, without its prefix
 * @param value its value
 * @param remedy why it is needed, and what to set
 */
record DialectNeeds(String key, String value, String remedy) {
    /**
     * What an issuer's settings lack for a dialect; empty if nothing.
     *
     * @throws ConfigurationException if a required claim is malformed
     */
    static Optional<DialectNeeds> missing(IssuerSettings issuer, Dialect dialect) {
        ClaimSettings claims = issuer.tokens().claims();
        Set<String> pins = SharedIssuers.pins(issuer.issuer(), dialect);
        List<ClaimRule> required = claims.required().stream()
                .map(claim -> IssuerShape.rule(issuer.keyPrefix() + "required-claims", claim))
                .toList();
        if (!pins.isEmpty() && required.stream().noneMatch(claim -> claim.fixesOneOf(pins))) {
            return Optional.of(new DialectNeeds(
                    "required-claims",
                    String.join(",", claims.required()),
                    "anyone can get a token " + origin(issuer, dialect)
                            + " for any audience; set the owner whose tokens are accepted, by a value of one of "
                            + String.join(", ", pins.stream().sorted().toList())));
        }
        if (WorkloadDialects.hasIdTokensOnly(dialect) && !claims.shape().acceptsIdTokens()) {
            return Optional.of(new DialectNeeds(
                    "accept-id-tokens",
                    "false",
                    "all tokens of dialect " + dialect.settingName()
                            + " are ID tokens; set it to true to accept them"));
        }
        return Optional.empty();
    }

    private static String origin(IssuerSettings issuer, Dialect dialect) {
        return WorkloadDialects.pins(dialect).isEmpty()
                ? "of " + issuer.issuer()
                : "of dialect " + dialect.settingName();
    }

    /** The error of an issuer whose dialect is stated. */
    ConfigurationException asError(IssuerSettings issuer) {
        return ConfigurationException.of(issuer.keyPrefix() + key, value, remedy);
    }

    /** The dialect of an issuer that does not depend on its metadata: one that was only recognised is used if nothing lacks. */
    static Dialect dialectOf(IssuerSettings issuer) {
        ClaimSettings claims = issuer.tokens().claims();
        return claims.origin() == DialectOrigin.STATED ? claims.dialect() : usable(issuer, claims.dialect());
    }

    /** A dialect that was recognised; {@link Dialect#RFC9068}, which refuses such tokens, if it lacks settings. */
    static Dialect usable(IssuerSettings issuer, Dialect recognised) {
        return missing(issuer, recognised).isEmpty() ? recognised : Dialect.RFC9068;
    }

    /** A warning that the dialect of an issuer was recognised, and why it is not used. */
    String warning(IssuerSettings issuer, Dialect recognised) {
        return "Issuer " + issuer.issuer() + ": its JWTs are those of dialect " + recognised.settingName()
                + ", and are refused, because " + issuer.keyPrefix() + key + " is '" + value + "': " + remedy;
    }
}

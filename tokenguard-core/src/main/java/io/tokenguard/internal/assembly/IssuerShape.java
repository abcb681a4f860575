package io.tokenguard.internal.assembly;

import io.tokenguard.access.ConfigurationException;
import io.tokenguard.config.Dialect;
import io.tokenguard.internal.claims.ClaimRule;
import io.tokenguard.internal.claims.TokenShape;
import io.tokenguard.internal.settings.ClaimSettings;
import io.tokenguard.internal.settings.IssuerSettings;
import io.tokenguard.internal.settings.ShapeSettings;
import java.util.List;
import java.util.Set;

/** Applies the settings of one issuer to the rules of its dialect. */
final class IssuerShape {
    private static final String AUDIENCE = "aud";

    private final String keyPrefix;
    private final ClaimSettings claims;
    private final boolean mayLackAudience;

    private IssuerShape(IssuerSettings issuer) {
        this.keyPrefix = issuer.keyPrefix();
        this.claims = issuer.tokens().claims();
        this.mayLackAudience = issuer.tokens().audience().mayBeMissing();
    }

    /**
     * Checks the settings of an issuer.
     *
     * @throws ConfigurationException if a condition is malformed, or the dialect needs settings that are missing
     */
    static void check(IssuerSettings issuer) {
        DialectRules unused = rules(issuer, DialectNeeds.dialectOf(issuer));
    }

    /**
     * The rules for an issuer.
     *
     * @param dialect the dialect of its tokens
     * @throws ConfigurationException if a condition is malformed, or the dialect needs settings that are missing
     */
    static DialectRules rules(IssuerSettings issuer, Dialect dialect) {
        DialectNeeds.missing(issuer, dialect).ifPresent(lacking -> {
            throw lacking.asError(issuer);
        });
        IssuerShape own = new IssuerShape(issuer);
        own.requireConsistent();
        DialectRules rules = DialectRules.of(dialect);
        return new DialectRules(
                issuer.tokens().types().orElse(rules.types()),
                rules.scopeClaims(),
                rules.rolesClaims(),
                own.shape(rules.shape()));
    }

    private void requireConsistent() {
        String key = keyPrefix + "accept-tokens-without-audience";
        if (mayLackAudience && !claims.shape().audience().isEmpty()) {
            throw ConfigurationException.of(
                    key,
                    true,
                    keyPrefix + "audience-claim says that tokens have an audience, in "
                            + String.join(", ", claims.shape().audience()) + "; remove one of the two");
        }
        if (mayLackAudience && claims.required().contains(AUDIENCE)) {
            throw ConfigurationException.of(
                    key, true, keyPrefix + "required-claims requires aud; remove one of the two");
        }
    }

    private TokenShape shape(TokenShape ofDialect) {
        ShapeSettings own = claims.shape();
        TokenShape shape =
                (mayLackAudience ? ofDialect.without(Set.of(AUDIENCE)) : ofDialect).requiring(claims.required());
        shape = own.marker().isEmpty() ? shape : shape.marked(shape.marks().by(anyOf("marker", own.marker())));
        shape = own.acceptsIdTokens() ? shape.marked(shape.marks().withIdTokens()) : shape;
        shape = own.audience().isEmpty() ? shape : shape.audienceIn(names(own.audience()));
        shape = own.subject().isEmpty() ? shape : shape.subjectIn(names(own.subject()));
        shape = own.client().isEmpty() ? shape : shape.clientIn(names(own.client()));
        return own.subjectKind().isEmpty() ? shape : subjectKind(shape, own.subjectKind());
    }

    private TokenShape subjectKind(TokenShape shape, List<String> conditions) {
        return conditions.equals(List.of("client"))
                ? shape.clientActsAlways()
                : shape.clientActsOnlyIf(anyOf("subject-kind", conditions));
    }

    private static String[] names(List<String> claims) {
        return claims.toArray(String[]::new);
    }

    private ClaimRule anyOf(String key, List<String> conditions) {
        return rule(keyPrefix + key, String.join(" or ", conditions));
    }

    static ClaimRule rule(String key, String text) {
        try {
            return ClaimRule.of(text);
        } catch (IllegalArgumentException malformed) {
            throw ConfigurationException.of(
                    key, text, "write claims as azp, !nonce or typ=Bearer, joined by \"and\" and \"or\"");
        }
    }
}

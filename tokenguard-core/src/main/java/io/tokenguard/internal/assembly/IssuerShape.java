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
    private final String keyPrefix;
    private final ClaimSettings claims;
    private final Dialect dialect;

    private IssuerShape(IssuerSettings issuer, Dialect dialect) {
        this.keyPrefix = issuer.keyPrefix();
        this.claims = issuer.tokens().claims();
        this.dialect = dialect;
    }

    /**
     * Checks the settings of an issuer.
     *
     * @throws ConfigurationException if a condition is malformed, or the dialect needs settings that are missing
     */
    static void check(IssuerSettings issuer) {
        DialectRules unused = rules(issuer, issuer.tokens().claims().dialect());
    }

    /**
     * The rules for an issuer.
     *
     * @param dialect the dialect of its tokens
     * @throws ConfigurationException if a condition is malformed, or the dialect needs settings that are missing
     */
    static DialectRules rules(IssuerSettings issuer, Dialect dialect) {
        IssuerShape own = new IssuerShape(issuer, dialect);
        own.requireSafe();
        DialectRules rules = DialectRules.of(dialect);
        return new DialectRules(
                issuer.tokens().types().orElse(rules.types()),
                rules.scopeClaims(),
                rules.rolesClaims(),
                own.shape(rules.shape()));
    }

    private void requireSafe() {
        Set<String> pins = WorkloadDialects.pins(dialect);
        List<ClaimRule> required = claims.required().stream()
                .map(claim -> rule("required-claims", claim))
                .toList();
        if (!pins.isEmpty() && required.stream().noneMatch(claim -> claim.fixesOneOf(pins))) {
            throw ConfigurationException.of(
                    keyPrefix + "required-claims",
                    String.join(",", claims.required()),
                    "anyone can get a token of dialect " + dialect.settingName()
                            + " for any audience; set the owner whose tokens are accepted, by a value of one of "
                            + String.join(", ", pins.stream().sorted().toList()));
        }
        if (WorkloadDialects.hasIdTokensOnly(dialect) && !claims.shape().acceptsIdTokens()) {
            throw ConfigurationException.of(
                    keyPrefix + "accept-id-tokens",
                    false,
                    "all tokens of dialect " + dialect.settingName() + " are ID tokens; set it to true to accept them");
        }
    }

    private TokenShape shape(TokenShape ofDialect) {
        ShapeSettings own = claims.shape();
        TokenShape shape = ofDialect.requiring(claims.required());
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
                : shape.clientActsIf(anyOf("subject-kind", conditions));
    }

    private static String[] names(List<String> claims) {
        return claims.toArray(String[]::new);
    }

    private ClaimRule anyOf(String key, List<String> conditions) {
        return rule(key, String.join(" or ", conditions));
    }

    private ClaimRule rule(String key, String text) {
        try {
            return ClaimRule.of(text);
        } catch (IllegalArgumentException malformed) {
            throw ConfigurationException.of(
                    keyPrefix + key, text, "write claims as azp, !nonce or typ=Bearer, joined by \"and\" and \"or\"");
        }
    }
}

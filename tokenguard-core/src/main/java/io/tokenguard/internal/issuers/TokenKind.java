package io.tokenguard.internal.issuers;

import io.tokenguard.access.RefusedException;
import io.tokenguard.internal.token.HeaderPolicy;
import io.tokenguard.internal.token.TokenParser;
import io.tokenguard.internal.token.UnverifiedToken;
import java.util.Optional;
import java.util.Set;

/**
 * A kind of token that issuers sign.
 *
 * @param parser parses it
 * @param types its types; empty for those of the issuer's access tokens
 * @param issuer the issuer that must have signed it; empty for the issuer in the token
 */
public record TokenKind(TokenParser parser, Optional<Set<String>> types, Optional<String> issuer) {
    /** Access tokens. */
    public static TokenKind accessToken(TokenParser parser) {
        return new TokenKind(parser, Optional.empty(), Optional.empty());
    }

    /** Tokens of some types, signed by the issuer in the token. */
    public static TokenKind of(TokenParser parser, Set<String> types) {
        return new TokenKind(parser, Optional.of(types), Optional.empty());
    }

    /** The same, signed by one issuer. */
    public TokenKind by(String name) {
        return new TokenKind(parser, types, Optional.of(name));
    }

    String issuerOf(UnverifiedToken token) throws RefusedException {
        return issuer.isPresent() ? issuer.get() : token.claimedIssuer();
    }

    HeaderPolicy headerOf(IssuerRules rules) {
        return types.map(own -> new HeaderPolicy(rules.header().algorithms(), own))
                .orElse(rules.header());
    }
}

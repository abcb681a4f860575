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
 * @param issuer who must have signed it; empty for the issuer that the token names
 * @param unstated the issuer of tokens that name none; empty if they are refused
 */
public record TokenKind(
        TokenParser parser, Optional<Set<String>> types, Optional<String> issuer, Optional<String> unstated) {
    /**
     * Access tokens.
     *
     * @param unstated the issuer of tokens that name none; empty if they are refused
     */
    public static TokenKind accessToken(TokenParser parser, Optional<String> unstated) {
        return new TokenKind(parser, Optional.empty(), Optional.empty(), unstated);
    }

    /** Tokens of some types, signed by the issuer in the token. */
    public static TokenKind of(TokenParser parser, Set<String> types) {
        return new TokenKind(parser, Optional.of(types), Optional.empty(), Optional.empty());
    }

    /** The same, signed by one issuer. */
    public TokenKind by(String name) {
        return new TokenKind(parser, types, Optional.of(name), unstated);
    }

    String issuerOf(UnverifiedToken token) throws RefusedException {
        if (issuer.isPresent()) {
            return issuer.get();
        }
        return unstated.isPresent() && !token.hasIssuer() ? unstated.get() : token.claimedIssuer();
    }

    HeaderPolicy headerOf(IssuerRules rules) throws RefusedException {
        return types.isPresent()
                ? new HeaderPolicy(rules.algorithms().accepted(), types.get())
                : rules.tokens().header();
    }
}

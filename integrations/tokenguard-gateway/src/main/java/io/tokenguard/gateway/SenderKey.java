package io.tokenguard.gateway;

import io.tokenguard.access.AccessToken;
import io.tokenguard.internal.limits.LimitKey;
import io.tokenguard.internal.limits.Limiter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The requests that are counted together, by their tokens.
 *
 * @param issuer the token's issuer
 * @param value what the tokens have in common; empty for all tokens of the issuer, and for those that lack it
 */
record SenderKey(String issuer, String value) {
    /** Longer texts are hashed, so that every key takes little memory. */
    private static final int LONGEST = 100;

    /** The key of a sender; that of its network if it needs no token. */
    static Object of(Limiter.Sender sender, LimitKey key) {
        if (key.kind() == LimitKey.Kind.NETWORK) {
            return Network.of(sender.address());
        }
        Optional<AccessToken> token = sender.token();
        return token.isEmpty()
                ? Network.of(sender.address())
                : new SenderKey(token.get().issuer(), bounded(value(token.get(), key)));
    }

    private static String value(AccessToken token, LimitKey key) {
        return switch (key.kind()) {
            case SUBJECT -> token.subject().or(token::clientId).orElse("");
            case CLIENT -> token.clientId().orElse("");
            case CLAIM -> text(token.claims().get(key.claim()));
            case ISSUER, NETWORK -> "";
        };
    }

    private static String text(@Nullable Object claim) {
        return claim instanceof String || claim instanceof Number || claim instanceof Boolean ? claim.toString() : "";
    }

    private static String bounded(String text) {
        return text.length() <= LONGEST ? text : Fingerprint.of(text).toString();
    }
}

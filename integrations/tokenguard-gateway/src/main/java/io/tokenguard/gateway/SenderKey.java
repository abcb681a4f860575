package io.tokenguard.gateway;

import io.tokenguard.access.AccessToken;
import io.tokenguard.internal.limits.LimitKey;
import io.tokenguard.internal.limits.LimitKey.Kind;
import io.tokenguard.internal.limits.Limiter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The requests that are counted together, by their tokens.
 *
 * @param issuer the token's issuer
 * @param kind what the tokens have in common; the issuer if they lack what the limit names
 * @param value its value: a text, a number, a boolean or, for a long text, a {@link Fingerprint}
 */
record SenderKey(String issuer, Kind kind, Object value) {
    /** Longer texts are hashed, so that every key takes little memory. */
    private static final int LONGEST = 100;

    /** The key of a sender; that of its network if it needs no token. */
    static Object of(Limiter.Sender sender, LimitKey key) {
        if (key.kind() == Kind.NETWORK) {
            return Network.of(sender.address());
        }
        if (key.kind() == Kind.ADDRESS) {
            return Host.of(sender.address());
        }
        Optional<AccessToken> token = sender.token();
        return token.isEmpty() ? Network.of(sender.address()) : of(token.get(), key);
    }

    private static SenderKey of(AccessToken token, LimitKey key) {
        return switch (key.kind()) {
            case SUBJECT -> ofSubject(token);
            case CLIENT -> ofClient(token);
            case CLAIM -> of(token, Kind.CLAIM, key.valueIn(token.claims()));
            case ISSUER, NETWORK, ADDRESS -> ofIssuer(token);
        };
    }

    private static SenderKey ofSubject(AccessToken token) {
        Optional<String> subject = token.subject();
        return subject.isPresent() ? of(token, Kind.SUBJECT, subject.get()) : ofClient(token);
    }

    private static SenderKey ofClient(AccessToken token) {
        Optional<String> client = token.clientId();
        return client.isPresent() ? of(token, Kind.CLIENT, client.get()) : ofIssuer(token);
    }

    private static SenderKey ofIssuer(AccessToken token) {
        return new SenderKey(token.issuer(), Kind.ISSUER, "");
    }

    private static SenderKey of(AccessToken token, Kind kind, @Nullable Object value) {
        if (value instanceof String text) {
            return new SenderKey(token.issuer(), kind, text.length() <= LONGEST ? text : Fingerprint.of(text));
        }
        return value instanceof Number || value instanceof Boolean
                ? new SenderKey(token.issuer(), kind, value)
                : ofIssuer(token);
    }
}

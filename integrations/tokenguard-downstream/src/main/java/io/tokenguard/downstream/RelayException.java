package io.tokenguard.downstream;

import java.io.IOException;

/**
 * An outgoing request was not sent, because there is no token for it. The message names the destination, and has no token and no
 * secret; of an answer, it shows at most the status, the media type and an error code of RFC 6749. An application can answer
 * {@link Reason#CALLER_REFUSED} with 401, and all others with 502 or 503: none of them says that its own caller did something
 * wrong.
 */
public final class RelayException extends IOException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /** Why there is no token. */
    public enum Reason {
        /** The destination needs the token of a caller, and there is none. */
        NO_CALLER,
        /** The token of the caller is no longer accepted: it has expired or was revoked. */
        CALLER_REFUSED,
        /** The token of the caller is bound to a key or a certificate of the caller, so that nobody else can use it. */
        SENDER_CONSTRAINED,
        /** The token of the caller is of another issuer than the one that exchanges tokens. */
        OTHER_ISSUER,
        /** The issuer gives no token. */
        REFUSED,
        /** The answer of the issuer is not what was asked for. */
        UNUSABLE_ANSWER,
        /** The issuer did not answer in time, or fails. Later it may work. */
        UNAVAILABLE
    }

    RelayException(Reason reason, String destination, String rule) {
        super("no token for destination " + destination + ": " + rule);
        this.reason = reason;
    }

    /** The same for another request, with its own stack trace. */
    RelayException(RelayException earlier) {
        super(earlier.getMessage());
        this.reason = earlier.reason;
    }

    /** Why there is no token. */
    public Reason reason() {
        return reason;
    }
}

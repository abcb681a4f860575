package io.tokenguard.internal.feeds;

import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusalReason.Stage;
import java.util.Locale;

/** What the answer to a rejected token tells the issuer (RFC 8935 §2.4). The audit log has the reason. */
enum FeedError {
    INVALID_REQUEST("The request holds no complete token of the right type for this endpoint"),
    INVALID_KEY("The token is not signed by a key of its issuer that is accepted"),
    INVALID_ISSUER("The issuer of the token is not trusted"),
    INVALID_AUDIENCE("The token is not meant for this recipient"),
    AUTHENTICATION_FAILED("The transmitter did not authenticate itself"),
    ACCESS_DENIED("Tokens are accepted over TLS only");

    private final String description;

    FeedError(String description) {
        this.description = description;
    }

    static FeedError of(RefusalReason reason) {
        if (reason.stage() == Stage.CREDENTIALS) {
            return AUTHENTICATION_FAILED;
        }
        if (reason == RefusalReason.TRANSPORT_INSECURE) {
            return ACCESS_DENIED;
        }
        if (reason == RefusalReason.ISSUER_UNKNOWN) {
            return INVALID_ISSUER;
        }
        if (reason == RefusalReason.AUDIENCE_MISMATCH) {
            return INVALID_AUDIENCE;
        }
        boolean isOfKey = reason.stage() == Stage.KEY || reason.stage() == Stage.SIGNATURE;
        return isOfKey || reason == RefusalReason.ALGORITHM_NOT_ALLOWED ? INVALID_KEY : INVALID_REQUEST;
    }

    String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    String description() {
        return description;
    }
}

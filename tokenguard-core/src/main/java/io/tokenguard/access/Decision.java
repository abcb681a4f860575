package io.tokenguard.access;

import java.util.Map;
import java.util.Optional;

/** What TokenGuard says to a request: granted, or refused with the answer to give. */
public sealed interface Decision {
    /**
     * The request may go on.
     *
     * @param accessToken whose request it is; empty where the route is open to everyone, for then no token is looked at
     * @param responseHeaders header fields that the answer has to carry, such as a fresh {@code DPoP-Nonce} (RFC 9449 §8.2)
     */
    record Granted(Optional<AccessToken> accessToken, Map<String, String> responseHeaders) implements Decision {
        /** Copies the header fields. */
        public Granted {
            responseHeaders = Map.copyOf(responseHeaders);
        }

        /** Granted, and nothing to say. */
        public Granted(Optional<AccessToken> accessToken) {
            this(accessToken, Map.of());
        }
    }

    /**
     * The request must not reach the application.
     *
     * @param refusal why, for the operator
     * @param challenge the answer to give
     */
    record Refused(Refusal refusal, Challenge challenge) implements Decision {}
}

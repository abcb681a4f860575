package io.tokenguard.access;

import java.util.Optional;

/** What TokenGuard says to a request: granted, or refused with the answer to give. */
public sealed interface Decision {
    /**
     * The request may go on.
     *
     * @param accessToken whose request it is; empty where the route is open to everyone, for then no token is looked at
     */
    record Granted(Optional<AccessToken> accessToken) implements Decision {}

    /**
     * The request must not reach the application.
     *
     * @param refusal why, for the operator
     * @param challenge the answer to give
     */
    record Refused(Refusal refusal, Challenge challenge) implements Decision {}
}

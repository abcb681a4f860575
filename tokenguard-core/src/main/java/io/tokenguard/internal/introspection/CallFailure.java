package io.tokenguard.internal.introspection;

import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import io.tokenguard.internal.keys.FetchException;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A call without a usable answer.
 *
 * @param cause what failed
 * @param failure what happened, and what would help
 */
record CallFailure(Cause cause, FetchException failure) {
    private static final Set<Integer> ABOUT_THE_TOKEN = Set.of(400, 413, 414);
    private static final Set<Integer> ABOUT_CREDENTIALS = Set.of(401, 403);
    private static final int TOO_MANY_REQUESTS = 429;

    /** The cause of a failed call. */
    enum Cause {
        /** The server fails or is unreachable: counted by the circuit breaker. */
        SERVER,
        /** The server rejects the token's form (RFC 9110 §15.5.1, §15.5.14, §15.5.15): this token is refused. */
        TOKEN,
        /** The answer about this token is too large: requests with this token get 503. */
        SIZE,
        /** The server rejects the credentials of this API (RFC 7662 §2.3). */
        CREDENTIALS,
        /** The server limits the calls of this API (RFC 6585 §4). */
        RATE,
        /** The endpoint does not exist, or does not accept such requests. */
        ENDPOINT
    }

    static CallFailure of(@Nullable Throwable failure) {
        FetchException known = FetchException.of(failure);
        return new CallFailure(cause(known), known);
    }

    private static Cause cause(FetchException failure) {
        if (ABOUT_THE_TOKEN.contains(failure.status())) {
            return Cause.TOKEN;
        }
        if (ABOUT_CREDENTIALS.contains(failure.status())) {
            return Cause.CREDENTIALS;
        }
        if (failure.status() == TOO_MANY_REQUESTS) {
            return Cause.RATE;
        }
        if (failure.isTooLarge()) {
            return Cause.SIZE;
        }
        return failure.isNotThere() ? Cause.ENDPOINT : Cause.SERVER;
    }

    /** What happened, and what would help. */
    String problem() {
        return failure.getMessage();
    }

    /** How long the server asks for no further calls; zero if it does not. */
    Duration patience() {
        return failure.retryAfter();
    }

    /** A refusal for want of an answer. */
    RefusedException unavailable() {
        return new RefusedException(
                RefusalReason.INTROSPECTION_UNAVAILABLE, "no answer", () -> failure.finding("no answer", "an answer"));
    }
}

package io.tokenguard.internal.introspection;

import io.tokenguard.internal.keys.FetchException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * A call without a usable answer.
 *
 * @param cause what failed
 * @param problem what happened, in fixed words
 * @param patience how long the server asks for no further calls; zero if it does not
 */
record CallFailure(Cause cause, String problem, Duration patience) {
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
        if (unwrapped(failure) instanceof CredentialsRejectedException rejected) {
            return new CallFailure(Cause.CREDENTIALS, rejected.getMessage(), Duration.ZERO);
        }
        FetchException known = FetchException.of(failure);
        return new CallFailure(cause(known), known.getMessage(), known.retryAfter());
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

    private static @Nullable Throwable unwrapped(@Nullable Throwable failure) {
        Throwable cause = failure;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }
}

package io.tokenguard.internal.introspection;

import io.tokenguard.access.AccessToken;
import io.tokenguard.access.RefusedException;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The result of an answer: a token or a refusal, never both.
 *
 * @param token the token; null if it was refused
 * @param refusal why it was refused; null if it was not
 * @param usableUntil until when the result is used, in monotonic nanoseconds
 * @param order orders results by the start of their calls
 * @param weight its estimated size, in bytes
 */
record IntrospectionResult(
        @Nullable AccessToken token, @Nullable RefusedException refusal, long usableUntil, long order, int weight) {
    /** How long a refusal is used. */
    static final Duration REFUSED_FOR = Duration.ofSeconds(10);

    AccessToken get() throws RefusedException {
        if (refusal != null) {
            throw refusal;
        }
        return Objects.requireNonNull(token);
    }

    boolean isGood() {
        return token != null;
    }

    /** When the token expires; null if it was refused. */
    @Nullable
    Instant tokenEnd() {
        return token == null ? null : token.expiresAt();
    }

    boolean isNewerThan(IntrospectionResult other) {
        return order > other.order;
    }
}

package io.tokenguard.internal.introspection;

import io.tokenguard.access.AccessToken;
import io.tokenguard.access.RefusedException;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The result of an answer: a token or a refusal, never both.
 *
 * @param token the token; null if it was refused
 * @param refusal why it was refused; null if it was not
 * @param usableUntil until when the result is used, as a reading of the time source that never jumps
 * @param order tells a newer result from an older one, by when the call began
 * @param weight how much memory it takes, in bytes, estimated
 * @param isWithdrawn whether the key that signed the answer was banned since
 */
record IntrospectionResult(
        @Nullable AccessToken token,
        @Nullable RefusedException refusal,
        long usableUntil,
        long order,
        int weight,
        BooleanSupplier isWithdrawn) {
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

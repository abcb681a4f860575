package io.tokenguard.internal.introspection;

import io.tokenguard.access.AccessToken;
import io.tokenguard.access.RefusedException;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What an answer came to: a token or a refusal, never both.
 *
 * @param token what the token says; null where it was refused
 * @param refusal why it was refused; null where it was not
 * @param until when the issuer has to be asked again
 * @param order tells a newer verdict from an older one, by when the question was put
 * @param weight how much memory it takes, in bytes and roughly
 */
record IntrospectionResult(
        @Nullable AccessToken token, @Nullable RefusedException refusal, Instant until, long order, int weight) {
    AccessToken get() throws RefusedException {
        if (refusal != null) {
            throw refusal;
        }
        return Objects.requireNonNull(token);
    }

    boolean isGood() {
        return token != null;
    }

    boolean isNewerThan(IntrospectionResult other) {
        return order > other.order;
    }
}

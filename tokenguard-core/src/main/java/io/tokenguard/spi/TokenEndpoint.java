package io.tokenguard.spi;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Requests tokens at an authorization server (RFC 6749 §3.2), as the client that a destination names. Made by a guard, for {@code
 * tokenguard-downstream}. Thread-safe; never blocks. Calls have a deadline, a circuit breaker, and bounds of number and size;
 * redirects are not followed. Does not check what an answer says.
 */
public interface TokenEndpoint {
    /** The issuer that it belongs to, by its identifier: only tokens of that issuer are exchanged here. */
    String issuer();

    /**
     * Starts a call.
     *
     * @param parameters the parameters by name, without those of client authentication
     * @param subject the token that the call is about, whose failures can't stop other calls; empty if it is this API itself
     * @return the answer; fails without one, or if the server fails now, with a message that has no secret
     */
    CompletionStage<Answer> send(Map<String, String> parameters, String subject);

    /**
     * An answer: the token, or an error of OAuth (RFC 6749 §5.2).
     *
     * @param isSuccess whether the status is 200; otherwise it is 400 or 401
     * @param members what it says; not checked
     */
    record Answer(boolean isSuccess, Map<String, @Nullable Object> members) {
        /** Copies the members. */
        public Answer {
            members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
        }

        /** Shows nothing: an answer has a token. */
        @Override
        public String toString() {
            return "Answer[not shown]";
        }
    }
}

package io.tokenguard.access;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The result of a decision: granted, or refused with the answer to send. Immutable. */
public sealed interface Decision {
    /**
     * The request may proceed.
     *
     * @param accessToken the validated token; empty if the route is open, because no token is read then
     * @param responseHeaders header fields that the response must carry, such as a fresh {@code DPoP-Nonce} (RFC 9449 §8.2)
     */
    record Granted(Optional<AccessToken> accessToken, Map<String, String> responseHeaders) implements Decision {
        /** Copies the header fields. */
        public Granted {
            responseHeaders = Map.copyOf(responseHeaders);
        }

        /** Granted, without header fields for the response. */
        public Granted(Optional<AccessToken> accessToken) {
            this(accessToken, Map.of());
        }
    }

    /**
     * The request must not reach the application.
     *
     * @param refusal the reason, for the operator
     * @param challenge the answer to send
     */
    record Refused(Refusal refusal, Challenge challenge) implements Decision {}

    /**
     * The answer to a refused request (RFC 6750 §3). Constant text: it contains nothing from the request.
     *
     * @param status the HTTP status
     * @param headers the header fields to set, such as {@code WWW-Authenticate}
     * @param body the body, at most one line; may be empty
     */
    record Challenge(int status, Map<String, List<String>> headers, String body) {
        /** Copies the header fields and their values. */
        public Challenge {
            headers = headers.entrySet().stream()
                    .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, field -> List.copyOf(field.getValue())));
        }

        /** The challenges, one for each scheme; empty if the status has none. */
        public List<String> wwwAuthenticate() {
            return headers.getOrDefault("WWW-Authenticate", List.of());
        }
    }
}

package io.tokenguard.internal.response;

import io.tokenguard.access.Decision.Challenge;
import io.tokenguard.access.IncomingRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Lets scripts of other origins read refusals (Fetch Standard §3.2.3). Does not let their requests through. Immutable.
 *
 * @param origins these origins, as browsers send them; {@code *} stands for every origin
 */
public record CorsPolicy(Set<String> origins) {
    private static final String EVERY_ORIGIN = "*";
    private static final String EXPOSED =
            "WWW-Authenticate, Retry-After, DPoP-Nonce, TokenGuard-Refusal, RateLimit, RateLimit-Policy";

    /** Copies the origins. */
    public CorsPolicy {
        origins = Set.copyOf(origins);
    }

    /** Whether there are scripts of other origins that can read refusals. */
    public boolean isOn() {
        return !origins.isEmpty();
    }

    /**
     * Adds the fields with which a script can read the answer. Needs no {@code Vary}: refusals are not stored.
     *
     * @param challenge the answer
     * @param request the request; an answer to a request without an origin, or with another one, does not change
     */
    public Challenge expose(Challenge challenge, IncomingRequest request) {
        return isOn() ? expose(challenge, request.headers().valuesOf("Origin")) : challenge;
    }

    private Challenge expose(Challenge challenge, List<String> sent) {
        boolean isEvery = origins.contains(EVERY_ORIGIN);
        if (sent.size() != 1 || !(isEvery || origins.contains(sent.get(0)))) {
            return challenge;
        }
        Map<String, List<String>> headers = new HashMap<>(challenge.headers());
        headers.put("Access-Control-Allow-Origin", List.of(isEvery ? EVERY_ORIGIN : sent.get(0)));
        headers.put("Access-Control-Expose-Headers", List.of(EXPOSED));
        return new Challenge(challenge.status(), headers, challenge.body());
    }
}

package io.tokenguard.internal.response;

import io.tokenguard.access.Decision.Challenge;
import io.tokenguard.access.Decision.Granted;
import io.tokenguard.access.FeedAnswer;
import io.tokenguard.access.IncomingRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Lets scripts of other origins read answers (Fetch Standard §3.2.3). Does not let their requests through. Immutable.
 *
 * @param origins these origins, as browsers send them; {@code *} stands for every origin
 * @param allowsCredentials whether browsers may send cookies and client certificates
 * @param requests which requests scripts may send; empty if that is up to the application, and so are its answers
 */
public record CorsPolicy(Set<String> origins, boolean allowsCredentials, Optional<AllowedRequests> requests) {
    private static final String EVERY_ORIGIN = "*";
    private static final String EXPOSED =
            "WWW-Authenticate, Retry-After, DPoP-Nonce, TokenGuard-Refusal, RateLimit, RateLimit-Policy";
    private static final String ALLOW_ORIGIN = "Access-Control-Allow-Origin";
    private static final String EXPOSE = "Access-Control-Expose-Headers";
    private static final int ANSWERED = 204;
    private static final int REFUSED = 403;

    /** Copies the origins. */
    public CorsPolicy {
        origins = Set.copyOf(origins);
    }

    /**
     * The requests that scripts may send.
     *
     * @param preflight the header fields of the answer to a preflight that do not depend on the request
     * @param exposed the header fields of the application's answers that scripts can read, separated by commas
     */
    public record AllowedRequests(Map<String, String> preflight, String exposed) {
        /** Copies the fields. */
        public AllowedRequests {
            preflight = Map.copyOf(preflight);
        }

        /** Exposes fields of the application beside those of refusals. */
        public static AllowedRequests of(
                List<String> methods, List<String> headers, long maxAgeSeconds, List<String> exposed) {
            return new AllowedRequests(
                    Map.of(
                            "Access-Control-Allow-Methods", String.join(", ", methods),
                            "Access-Control-Allow-Headers", String.join(", ", headers),
                            "Access-Control-Max-Age", Long.toString(maxAgeSeconds)),
                    exposed.isEmpty() ? EXPOSED : EXPOSED + ", " + String.join(", ", exposed));
        }
    }

    /** Whether there are scripts of other origins that can read refusals. */
    public boolean isOn() {
        return !origins.isEmpty();
    }

    /** Whether preflights are answered, and answers of the application get the fields that let scripts read them. */
    public boolean answersPreflights() {
        return requests.isPresent();
    }

    /**
     * The answer to a preflight: 204 to an allowed origin, else 403 without any permission.
     *
     * @param request a preflight; nothing but its origin counts
     */
    public FeedAnswer preflight(IncomingRequest request) {
        Map<String, String> fields = fields(request);
        if (!fields.containsKey(ALLOW_ORIGIN) || requests.isEmpty()) {
            return new FeedAnswer(REFUSED, fields, "");
        }
        fields.putAll(requests.get().preflight());
        return new FeedAnswer(ANSWERED, fields, "");
    }

    /**
     * Adds the fields with which a script can read a refusal.
     *
     * @param request the request; an answer to a request without an origin, or with another one, gets {@code Vary} only
     */
    public Challenge expose(Challenge challenge, IncomingRequest request) {
        if (!isOn()) {
            return challenge;
        }
        Map<String, List<String>> headers = new HashMap<>(challenge.headers());
        fields(request, EXPOSED).forEach((name, value) -> headers.put(name, List.of(value)));
        return new Challenge(challenge.status(), headers, challenge.body());
    }

    /** Adds the fields with which a script can read the application's answer, unless that is up to the application. */
    public Granted expose(Granted granted, IncomingRequest request) {
        if (requests.isEmpty()) {
            return granted;
        }
        Map<String, String> headers = new HashMap<>(granted.responseHeaders());
        fields(request, requests.get().exposed())
                .forEach((name, value) -> headers.merge(name, value, CorsPolicy::joined));
        return new Granted(granted.accessToken(), headers);
    }

    /** Vary may be there for another reason. */
    private static String joined(String known, String further) {
        return known.equals(further) ? known : known + ", " + further;
    }

    private Map<String, String> fields(IncomingRequest request, String exposed) {
        Map<String, String> fields = fields(request);
        if (fields.containsKey(ALLOW_ORIGIN)) {
            fields.put(EXPOSE, exposed);
        }
        return fields;
    }

    /** A request that can't be read any more is one without an origin: its answer must not fail for that. */
    private static List<String> origins(IncomingRequest request) {
        try {
            return request.headers().valuesOf("Origin");
        } catch (RuntimeException unreadable) {
            return List.of();
        }
    }

    /** Caches must not give the answer for one origin to another, nor to a request without one. */
    private Map<String, String> fields(IncomingRequest request) {
        Map<String, String> fields = new HashMap<>();
        List<String> sent = origins(request);
        boolean isEvery = origins.contains(EVERY_ORIGIN);
        if (!isEvery) {
            fields.put("Vary", "Origin");
        }
        if (sent.size() == 1 && (isEvery || origins.contains(sent.get(0)))) {
            fields.put(ALLOW_ORIGIN, isEvery ? EVERY_ORIGIN : sent.get(0));
            if (allowsCredentials) {
                fields.put("Access-Control-Allow-Credentials", "true");
            }
        }
        return fields;
    }
}

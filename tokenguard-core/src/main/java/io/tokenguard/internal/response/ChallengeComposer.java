package io.tokenguard.internal.response;

import io.tokenguard.access.AccessRequirement;
import io.tokenguard.access.Decision.Challenge;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusalReason.OAuthError;
import io.tokenguard.access.Route;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Supplier;

/** Composes answers (RFC 6750 §3, RFC 9449 §7.1, RFC 9470 §3, RFC 9728 §5.1). Every text is a constant or comes from the configuration. Immutable. */
public final class ChallengeComposer {
    private static final String REFUSAL_ID = "TokenGuard-Refusal";
    private static final String RETRY_AFTER = "Retry-After";
    private static final long SHORTEST_RETRY = 1;
    private static final long LONGEST_RETRY = 120;

    private final ChallengePolicy policy;
    private final RefusalBody bodies;

    /**
     * A composer.
     *
     * @param policy what answers tell callers
     * @param bodies the form of their bodies
     */
    public ChallengeComposer(ChallengePolicy policy, RefusalBody bodies) {
        this.policy = policy;
        this.bodies = bodies;
    }

    /**
     * Composes the answer to a refused request.
     *
     * @param reason why it was refused
     * @param requirement the requirement of its route
     * @param usedDpop whether the token was sent under the scheme DPoP
     * @param nonce the nonce for the next proof, made only if the answer contains it; empty if none is required
     */
    public Challenge compose(
            RefusalReason reason, AccessRequirement requirement, boolean usedDpop, Supplier<Optional<String>> nonce) {
        Map<String, List<String>> headers = new HashMap<>();
        headers.put("Cache-Control", List.of("no-store"));
        if (reason.status() == 503) {
            headers.put(RETRY_AFTER, List.of(Long.toString(SHORTEST_RETRY)));
        }
        if (reason.status() == 405) {
            headers.put("Allow", List.of(String.join(", ", new TreeSet<>(Route.EVERY_METHOD))));
        }
        if (reason == RefusalReason.NO_CREDENTIALS || reason.error() != OAuthError.NONE) {
            headers.put("WWW-Authenticate", challenges(reason, requirement, usedDpop));
        }
        if (reason == RefusalReason.NONCE_REQUIRED) {
            nonce.get()
                    .map(this::freshNonce)
                    .ifPresent(fields -> fields.forEach((name, value) -> headers.put(name, List.of(value))));
        }
        String body = bodies.of(reason);
        if (!body.isEmpty()) {
            headers.put("Content-Type", List.of(bodies.mediaType()));
        }
        return new Challenge(reason.status(), headers, body);
    }

    /**
     * The same answer with the time of the next attempt (RFC 9110 §10.2.3): in whole seconds, rounded up, between 1 and 120.
     *
     * @param wait from now
     */
    public Challenge retryAfter(Challenge challenge, Duration wait) {
        long seconds = wait.plusNanos(999_999_999).toSeconds();
        Map<String, List<String>> headers = new HashMap<>(challenge.headers());
        headers.put(RETRY_AFTER, List.of(Long.toString(Math.min(LONGEST_RETRY, Math.max(SHORTEST_RETRY, seconds)))));
        return new Challenge(challenge.status(), headers, challenge.body());
    }

    /** The same answer with further header fields, which replace those of the same name. */
    public static Challenge with(Challenge challenge, Map<String, String> fields) {
        if (fields.isEmpty()) {
            return challenge;
        }
        Map<String, List<String>> headers = new HashMap<>(challenge.headers());
        fields.forEach((name, value) -> headers.put(name, List.of(value)));
        return new Challenge(challenge.status(), headers, challenge.body());
    }

    /** The same answer with the identifier of the refusal, for the caller to quote. */
    public Challenge refusalId(Challenge challenge, String id) {
        Map<String, List<String>> headers = new HashMap<>(challenge.headers());
        headers.put(REFUSAL_ID, List.of(id));
        return new Challenge(challenge.status(), headers, challenge.body());
    }

    /**
     * The fields that give a client a nonce (RFC 9449 §8.2). Scripts of other origins can read only fields that are exposed
     * to them (Fetch Standard §3.2.3).
     */
    public Map<String, String> freshNonce(String nonce) {
        return policy.dpop().exposesNonce()
                ? Map.of("DPoP-Nonce", nonce, "Access-Control-Expose-Headers", "DPoP-Nonce, WWW-Authenticate")
                : Map.of("DPoP-Nonce", nonce);
    }

    private static boolean isOfBinding(RefusalReason reason) {
        return reason == RefusalReason.BINDING_REQUIRED || reason == RefusalReason.BINDING_INSUFFICIENT;
    }

    /** One for each accepted scheme; the error is in the challenge of the scheme that was used (RFC 9449 §7.1). */
    private List<String> challenges(RefusalReason reason, AccessRequirement requirement, boolean usedDpop) {
        boolean offersDpop = policy.dpop().isOffered();
        boolean needsKey = offersDpop && isOfBinding(reason) && Demands.takesKeyOnly(requirement);
        boolean offersBearer = policy.dpop().offersBearer() && !needsKey;
        boolean saysAllUnderDpop = offersDpop && (usedDpop || !offersBearer);
        boolean offersBoth = reason.status() == 401 && offersBearer && offersDpop;
        List<String> challenges = new ArrayList<>();
        if (offersBearer && (!saysAllUnderDpop || offersBoth)) {
            challenges.add(challenge("Bearer", reason, requirement, !saysAllUnderDpop));
        }
        if (saysAllUnderDpop || offersBoth) {
            challenges.add(challenge("DPoP", reason, requirement, saysAllUnderDpop));
        }
        return challenges;
    }

    private String challenge(String scheme, RefusalReason reason, AccessRequirement requirement, boolean wasUsed) {
        StringBuilder challenge = new StringBuilder(scheme);
        append(challenge, " realm", policy.realm());
        if (scheme.equals("DPoP")) {
            append(challenge, ", algs", String.join(" ", policy.dpop().algorithms()));
        }
        if (wasUsed || reason == RefusalReason.NO_CREDENTIALS) {
            describe(challenge, reason, requirement);
        }
        append(
                challenge,
                ", resource_metadata",
                policy.metadata().map(URI::toString).orElse(""));
        return challenge.toString();
    }

    private void describe(StringBuilder challenge, RefusalReason reason, AccessRequirement requirement) {
        append(challenge, ", error", reason.error().code());
        append(challenge, ", error_description", describe(reason));
        if (saysScope(reason)) {
            append(challenge, ", scope", String.join(" ", Demands.scopes(requirement)));
        }
        if (reason == RefusalReason.STEP_UP_REQUIRED) {
            append(challenge, ", acr_values", String.join(" ", Demands.acrValues(requirement, policy.acrOrder())));
            append(challenge, ", max_age", Demands.maxAge(requirement));
        }
    }

    /** Appends a parameter, unless it is empty. */
    private static void append(StringBuilder challenge, String name, String value) {
        if (!value.isEmpty()) {
            challenge.append(name).append("=\"").append(value).append('"');
        }
    }

    private String describe(RefusalReason reason) {
        return policy.isUniform() && reason.error() == OAuthError.INVALID_TOKEN
                ? Descriptions.OF_EVERY_BAD_TOKEN
                : Descriptions.of(reason);
    }

    /**
     * RFC 6750 §3: the scope that is needed to access the resource; after another error, more scope would not help. RFC 9470
     * §3: the scope may be lacking too, and is requested together with the authentication.
     */
    private boolean saysScope(RefusalReason reason) {
        return reason == RefusalReason.NO_CREDENTIALS
                || reason == RefusalReason.SCOPE_INSUFFICIENT
                || reason == RefusalReason.STEP_UP_REQUIRED
                || (policy.tellsScope() && reason.status() == 401);
    }
}

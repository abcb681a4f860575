package io.tokenguard.attacks;

import java.util.Set;

/**
 * What has to come of an attack.
 *
 * @param http what the client sees
 * @param reasons the reasons for which the library may refuse, by their names; empty where the request passes
 */
public record Expectation(HttpOutcome http, Set<String> reasons) {
    /** Copies the reasons. */
    public Expectation {
        reasons = Set.copyOf(reasons);
    }

    static Expectation pass() {
        return new Expectation(HttpOutcome.PASS, Set.of());
    }

    static Expectation noCredentials() {
        return new Expectation(HttpOutcome.NO_CREDENTIALS, Set.of("NO_CREDENTIALS"));
    }

    static Expectation invalidToken(String... reasons) {
        return new Expectation(HttpOutcome.INVALID_TOKEN, Set.of(reasons));
    }

    static Expectation invalidRequest(String... reasons) {
        return new Expectation(HttpOutcome.INVALID_REQUEST, Set.of(reasons));
    }

    static Expectation insufficient(String... reasons) {
        return new Expectation(HttpOutcome.INSUFFICIENT_SCOPE, Set.of(reasons));
    }

    static Expectation invalidProof() {
        return new Expectation(HttpOutcome.INVALID_PROOF, Set.of("PROOF_INVALID"));
    }

    static Expectation unknownTarget() {
        return new Expectation(HttpOutcome.BAD_REQUEST, Set.of("TARGET_UNKNOWN"));
    }

    static Expectation rejectedPath() {
        return new Expectation(HttpOutcome.BAD_REQUEST, Set.of("PATH_REJECTED"));
    }

    static Expectation forbidden(String... reasons) {
        return new Expectation(HttpOutcome.FORBIDDEN, Set.of(reasons));
    }

    static Expectation tooMany(String... reasons) {
        return new Expectation(HttpOutcome.TOO_MANY, Set.of(reasons));
    }

    static Expectation reused() {
        return new Expectation(HttpOutcome.REUSED, Set.of("IDEMPOTENCY_KEY_REUSED"));
    }

    static Expectation malformedKey() {
        return new Expectation(HttpOutcome.BAD_REQUEST, Set.of("IDEMPOTENCY_KEY_INVALID", "IDEMPOTENCY_KEY_MISSING"));
    }

    static Expectation unavailable(String... reasons) {
        return new Expectation(HttpOutcome.UNAVAILABLE, Set.of(reasons));
    }

    static Expectation stepUp() {
        return new Expectation(HttpOutcome.STEP_UP, Set.of("STEP_UP_REQUIRED"));
    }
}

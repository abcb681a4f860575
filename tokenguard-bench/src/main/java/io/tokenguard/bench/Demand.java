package io.tokenguard.bench;

import static io.tokenguard.access.AccessRequirement.acr;
import static io.tokenguard.access.AccessRequirement.anyScope;
import static io.tokenguard.access.AccessRequirement.authenticated;
import static io.tokenguard.access.AccessRequirement.denied;
import static io.tokenguard.access.AccessRequirement.detail;
import static io.tokenguard.access.AccessRequirement.maxAge;
import static io.tokenguard.access.AccessRequirement.role;
import static io.tokenguard.access.AccessRequirement.rule;
import static io.tokenguard.access.AccessRequirement.scope;

import io.tokenguard.access.AccessRequirement;
import java.time.Duration;

/** Kinds of requirements: each with one that the tokens of the mint meet, and one that they don't. */
public enum Demand {
    /** A good token, and nothing more: the floor. */
    AUTHENTICATED,
    /** One scope. */
    SCOPE,
    /** All of two scopes. */
    SCOPES_ALL,
    /** One of three scopes; the token has the last. */
    SCOPES_ANY,
    /** One of two roles; the token has the last. */
    ROLE,
    /** How strongly the user has authenticated. */
    ACR,
    /** How long ago the user has authenticated. */
    MAX_AGE,
    /** An authorization detail with two actions. */
    DETAIL,
    /** A rule of the application that looks at one claim. */
    RULE,
    /** Several at once, as a route for payments would have. */
    TOGETHER;

    /** What the tokens meet. */
    AccessRequirement met() {
        return switch (this) {
            case AUTHENTICATED -> authenticated();
            case SCOPE -> scope("orders:read");
            case SCOPES_ALL -> scope("orders:read", "orders:write");
            case SCOPES_ANY -> anyScope("orders:delete", "orders:admin", "orders:write");
            case ROLE -> role("manager", "auditor");
            case ACR -> acr("gold", "silver");
            case MAX_AGE -> maxAge(Duration.ofHours(6));
            case DETAIL -> detail("payment", "read", "start");
            case RULE ->
                rule(
                        "own client",
                        attempt ->
                                attempt.token().clientId().filter("app"::equals).isPresent());
            case TOGETHER ->
                SCOPES_ALL
                        .met()
                        .and(ROLE.met())
                        .and(ACR.met())
                        .and(MAX_AGE.met())
                        .and(DETAIL.met());
        };
    }

    /** What they don't. Nobody's age can be too high in a benchmark that has just begun, so that one lacks the role. */
    AccessRequirement unmet() {
        return switch (this) {
            case AUTHENTICATED -> denied();
            case SCOPE -> scope("orders:delete");
            case SCOPES_ALL -> scope("orders:read", "orders:delete");
            case SCOPES_ANY -> anyScope("orders:delete", "orders:admin");
            case ROLE -> role("manager");
            case ACR -> acr("gold");
            case MAX_AGE -> MAX_AGE.met().and(role("manager"));
            case DETAIL -> detail("payment", "cancel");
            case RULE -> rule("nobody", attempt -> false);
            case TOGETHER -> TOGETHER.met().and(role("manager"));
        };
    }
}

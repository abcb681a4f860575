package io.tokenguard.internal.request;

/** How a path matches the pattern of a rule. */
enum PathMatch {
    /** The rule does not concern the path. */
    NONE,
    /** The rule does not match the path, but a framework could serve it as another path that the rule matches. */
    NEAR,
    /** The rule matches the path. */
    EXACT
}

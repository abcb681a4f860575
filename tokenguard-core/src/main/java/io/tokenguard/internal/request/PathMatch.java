package io.tokenguard.internal.request;

/** How a path compares with the pattern of a rule. */
enum PathMatch {
    /** The rule does not concern the path. */
    NONE,
    /** The rule does not cover the path, but a framework could serve a path for it that the rule covers. */
    NEAR,
    /** The rule covers the path. */
    EXACT
}

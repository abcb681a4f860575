package io.tokenguard.access;

/** The result of a test in three-valued logic (Kleene): what a test reads may be absent or malformed. */
enum Truth {
    TRUE,
    FALSE,
    UNKNOWN;

    static Truth of(boolean holds) {
        return holds ? TRUE : FALSE;
    }

    /** True if one of both is; false only if both are. */
    Truth or(Truth other) {
        if (this == TRUE || other == FALSE) {
            return this;
        }
        return other == TRUE ? TRUE : UNKNOWN;
    }
}

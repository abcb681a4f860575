package io.tokenguard.internal.possession;

/** Whether tokens with one kind of binding are accepted. */
public enum BindingSupport {
    /** They are refused. */
    OFF,
    /** They are accepted, and so are unbound tokens. */
    SUPPORTED,
    /** Only they are accepted. */
    REQUIRED
}

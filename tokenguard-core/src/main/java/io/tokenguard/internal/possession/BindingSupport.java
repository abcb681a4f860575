package io.tokenguard.internal.possession;

/** Whether tokens that are bound in one way are accepted. */
public enum BindingSupport {
    /** They are refused. */
    OFF,
    /** They are accepted, and other tokens too. */
    SUPPORTED,
    /** Only they are accepted. */
    REQUIRED
}

package io.tokenguard.config;

/** Whether tokens that are sender-constrained in a certain way are accepted. */
public enum BindingMode {
    /** They are refused. */
    OFF,
    /** They are accepted, and other tokens too. */
    SUPPORTED,
    /** Only they are accepted. */
    REQUIRED
}

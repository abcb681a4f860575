package io.tokenguard.config;

/** Whether tokens that are bound to their sender in one way are served. */
public enum BindingMode {
    /** They are refused. */
    OFF,
    /** They are served beside others. */
    SUPPORTED,
    /** Only they are served. */
    REQUIRED
}

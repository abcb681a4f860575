package io.tokenguard.internal.settings;

/** What chooses the dialect of an issuer's tokens. */
public enum DialectOrigin {
    /** The configuration. */
    STATED,
    /** The issuer's address. */
    ADDRESS,
    /** The issuer's metadata, once they load. */
    METADATA,
    /** Nothing: the address is not known, and no metadata load. */
    NOTHING
}

package io.tokenguard.internal.keys;

/** Why a token with an unknown key ID requires a load. */
enum Demand {
    /** Its algorithm and the length of its key ID are those of known keys. */
    OF_KNOWN_FORM,
    /** They are not. */
    OF_OTHER_FORM,
    /** The last load failed. */
    WHILE_FAILING
}

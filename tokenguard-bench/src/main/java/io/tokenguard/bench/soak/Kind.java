package io.tokenguard.bench.soak;

/** What a call brings. */
enum Kind {
    /** A token that was accepted before. */
    REUSED,
    /** A good token that no node has seen. */
    FRESH,
    /** A good token that needs a proof, and the proof a second time. */
    DPOP,
    /** An opaque token that is active. */
    OPAQUE,
    /** A token that is revoked at one node and then used at all. */
    REVOKED,
    /** A token of another audience. */
    FOREIGN,
    /** A token whose time is over. */
    EXPIRED,
    /** A good token with one character of its signature changed. */
    TAMPERED,
    /** A token that names a key nobody has. */
    UNKNOWN_KEY,
    /** An opaque token that the issuer does not know. */
    UNKNOWN_OPAQUE;

    private static final Kind[] MIX = {
        REUSED,
        REUSED,
        REUSED,
        REUSED,
        REUSED,
        REUSED,
        REUSED,
        REUSED,
        FRESH,
        FRESH,
        DPOP,
        DPOP,
        OPAQUE,
        OPAQUE,
        REVOKED,
        FOREIGN,
        EXPIRED,
        TAMPERED,
        UNKNOWN_KEY,
        UNKNOWN_OPAQUE
    };

    /** The kind of the nth call: of twenty calls fifteen bring a good token. */
    static Kind ofCall(long number) {
        return MIX[(int) Math.floorMod(number, (long) MIX.length)];
    }
}

package io.tokenguard.bench.soak;

/** What a fault may disturb. A call that needs nothing of it has to succeed while the fault lasts. */
enum Concern {
    /** Tokens of keys that no node knows yet. */
    NEW_KEYS,
    /** DPoP proofs and new revocations, which every node has to hear of. */
    SHARED_STATE,
    /** Opaque tokens whose answer is not cached. */
    INTROSPECTION,
    /** DPoP proofs that were made before the clock was set. */
    CLOCK
}

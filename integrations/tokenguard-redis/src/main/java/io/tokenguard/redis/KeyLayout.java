package io.tokenguard.redis;

import java.util.Base64;

/**
 * The names of TokenGuard's keys. Those with braces are on one node of a cluster; the proofs are distributed. No name
 * contains text from callers: proofs are named by their hashes.
 *
 * @param namespace separates APIs
 */
record KeyLayout(String namespace) {
    private static final Base64.Encoder TEXT = Base64.getUrlEncoder().withoutPadding();

    /** The stream of revocations. */
    String revocations() {
        return together("revocations");
    }

    /** Identifies the server, and since when it has lost no data. */
    String epoch() {
        return together("epoch");
    }

    /** The nonce secret of all nodes. */
    String nonceSecret() {
        return together("nonce-secret");
    }

    /** Written repeatedly, to check that writes succeed. */
    String probe() {
        return together("probe");
    }

    /** Marks a proof as used. */
    String proof(byte[] hash) {
        return spread("proof", hash);
    }

    /** Marks a logout token or an event token as processed. */
    String received(byte[] hash) {
        return spread("received", hash);
    }

    /** How many requests of a sender were counted. Those of one request are on one node. */
    String requests(String bucket) {
        return together("requests:" + bucket);
    }

    /** Marks a write as claimed or answered. */
    String write(String key) {
        return "tokenguard:" + namespace + ":write:" + key;
    }

    private String spread(String name, byte[] hash) {
        return "tokenguard:" + namespace + ":" + name + ":" + TEXT.encodeToString(hash);
    }

    private String together(String name) {
        return "tokenguard:{" + namespace + "}:" + name;
    }
}

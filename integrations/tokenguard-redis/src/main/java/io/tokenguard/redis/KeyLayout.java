package io.tokenguard.redis;

import java.util.Base64;

/**
 * The names of our keys. Those in braces lie on one node of a cluster; the proofs are spread over all. No name holds
 * anything that a stranger wrote: proofs are named by their hashes.
 *
 * @param namespace keeps APIs apart
 */
record KeyLayout(String namespace) {
    private static final Base64.Encoder TEXT = Base64.getUrlEncoder().withoutPadding();

    /** The stream of revocations. */
    String revocations() {
        return together("revocations");
    }

    /** Which server it is that remembers, and since when. */
    String epoch() {
        return together("epoch");
    }

    /** What all nodes make nonces with. */
    String nonceSecret() {
        return together("nonce-secret");
    }

    /** Written again and again, to see whether that can be done. */
    String probe() {
        return together("probe");
    }

    /** That a proof was used. */
    String proof(byte[] hash) {
        return spread("proof", hash);
    }

    /** That a logout token or an event token was carried out. */
    String received(byte[] hash) {
        return spread("received", hash);
    }

    private String spread(String name, byte[] hash) {
        return "tokenguard:" + namespace + ":" + name + ":" + TEXT.encodeToString(hash);
    }

    private String together(String name) {
        return "tokenguard:{" + namespace + "}:" + name;
    }
}

package io.tokenguard.bench.peer;

import io.tokenguard.bench.token.BadToken;
import io.tokenguard.bench.token.TokenMint;

/** Checks each library before it is measured: one that accepts bad tokens would be fast for the wrong reason. */
public final class Admission {
    private Admission() {}

    /**
     * Tries a peer with a good token and with bad ones.
     *
     * @return the peer
     * @throws IllegalStateException if it refuses the good one, or accepts a bad one
     */
    public static <P extends Peer> P admit(P peer, TokenMint mint) {
        if (!peer.accepts(mint.token(0))) {
            throw new IllegalStateException(peer.getClass().getSimpleName() + " refuses a good token");
        }
        for (BadToken bad : mint.badTokens()) {
            if (peer.accepts(bad.text())) {
                throw new IllegalStateException(
                        peer.getClass().getSimpleName() + " accepts a token with " + bad.flaw());
            }
        }
        return peer;
    }
}

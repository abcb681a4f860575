package io.tokenguard.internal.possession;

import io.tokenguard.access.AccessToken;
import java.util.Optional;

/**
 * A token that its sender may use, if the proof that came with it is not used for the second time.
 *
 * @param token the token, with what its sender has proven
 * @param use the proof; empty where there is none
 * @param freshNonce a nonce that the sender's next proofs are to answer with; empty where theirs is good for longer
 */
public record HeldToken(AccessToken token, Optional<ProofUse> use, Optional<String> freshNonce) {
    /** A token without a proof. */
    public static HeldToken of(AccessToken token) {
        return new HeldToken(token, Optional.empty(), Optional.empty());
    }
}

package io.tokenguard.internal.possession;

import io.tokenguard.access.AccessToken;
import io.tokenguard.access.Confirmation;
import java.util.Optional;

/**
 * A token that its sender may use, if the proof that came with it is not used for the second time.
 *
 * @param token the token, with what its sender has proven
 * @param use the proof; empty where there is none
 * @param freshNonce a nonce that the sender's next proofs are to answer with; empty where theirs is good for longer
 */
public record ProvenToken(AccessToken token, Optional<ProofUse> use, Optional<String> freshNonce) {
    /** A token without a proof. */
    public static ProvenToken of(AccessToken token) {
        return new ProvenToken(token, Optional.empty(), Optional.empty());
    }

    /** The same token, whose sender has shown a certificate beside what was proven so far. */
    ProvenToken confirmedBy(Confirmation.Certificate certificate) {
        Confirmation proven = token.confirmation() instanceof Confirmation.DpopKey key
                ? new Confirmation.KeyAndCertificate(key, certificate)
                : certificate;
        return new ProvenToken(token.confirmedBy(proven), use, freshNonce);
    }
}

package io.tokenguard.internal.possession;

import io.tokenguard.access.AccessToken;
import io.tokenguard.access.Confirmation;
import java.util.Optional;

/**
 * A token that its sender may use, unless its proof was used before.
 *
 * @param token the token, with what its sender proved
 * @param use the proof; empty if there is none
 * @param freshNonce a nonce for the sender's next proofs; empty if the current one is valid for longer
 */
public record ProvenToken(AccessToken token, Optional<ProofUse> use, Optional<String> freshNonce) {
    /** A token without a proof. */
    public static ProvenToken of(AccessToken token) {
        return new ProvenToken(token, Optional.empty(), Optional.empty());
    }

    /** The same token, whose sender also presented a certificate. */
    ProvenToken confirmedBy(Confirmation.Certificate certificate) {
        Confirmation proven = token.confirmation() instanceof Confirmation.DpopKey key
                ? new Confirmation.KeyAndCertificate(key, certificate)
                : certificate;
        return new ProvenToken(token.confirmedBy(proven), use, freshNonce);
    }
}

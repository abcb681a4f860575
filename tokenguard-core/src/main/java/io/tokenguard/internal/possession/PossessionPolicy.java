package io.tokenguard.internal.possession;

import io.tokenguard.internal.jose.SignatureEngine;
import io.tokenguard.internal.request.TargetUriPolicy;
import java.time.Clock;
import java.util.Optional;

/**
 * How senders prove possession of a token.
 *
 * @param dpop which proofs are accepted
 * @param certificates how certificate-bound tokens are accepted
 * @param demandsBinding whether a token must be bound, in whichever way
 * @param targets finds the address that a request was sent to
 * @param nonces makes nonces for proofs; empty if none are required
 * @param proofs stores which proofs were used
 * @param signatures verifies the signatures of proofs
 * @param clock the time
 */
public record PossessionPolicy(
        DpopPolicy dpop,
        CertificatePolicy certificates,
        boolean demandsBinding,
        TargetUriPolicy targets,
        Optional<NonceIssuer> nonces,
        UsedProofs proofs,
        SignatureEngine signatures,
        Clock clock) {}

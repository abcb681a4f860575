package io.tokenguard.internal.possession;

import io.tokenguard.internal.jose.SignatureEngine;
import io.tokenguard.internal.request.TargetUriPolicy;
import java.time.Clock;
import java.util.Optional;

/**
 * How senders prove that a token is theirs.
 *
 * @param dpop which proofs are good
 * @param certificates how tokens that are bound to a certificate are served
 * @param demandsBinding whether a token has to be bound, in whichever way
 * @param targets tells which address a request was sent to
 * @param nonces makes the nonces that proofs answer with; empty where none are asked for
 * @param proofs remembers which proofs were used
 * @param signatures checks the signatures of proofs
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

package io.tokenguard.internal.possession;

import io.tokenguard.access.AccessToken;
import io.tokenguard.access.Confirmation;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import io.tokenguard.access.RefusedException.Finding;
import io.tokenguard.internal.jose.Sha256;
import io.tokenguard.internal.request.TargetUri;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Checks that the sender of a token holds the key that it is bound to (RFC 9449 §4.3 and §7.1): the proof's form, request,
 * time, token and nonce. That it was not used before is checked later, when nothing else can refuse the request.
 */
final class DpopCheck {
    private static final int SHOWN_CHARACTERS = 8;

    private final PossessionPolicy policy;
    private final DpopProofReader reader;

    DpopCheck(PossessionPolicy policy) {
        this.policy = policy;
        this.reader = new DpopProofReader(policy.dpop().algorithms());
    }

    /**
     * Requires a proof for this request and this token.
     *
     * @param request the request, with the proof in its {@code DPoP} field
     * @param presented the token as it was sent
     * @param token the same token, validated
     * @param thumbprint the key that the token is bound to, {@code jkt} in base64url
     */
    ProvenToken check(IncomingRequest request, String presented, AccessToken token, String thumbprint)
            throws RefusedException {
        DpopProof proof = reader.read(single(request));
        demand(proof.signature().isGood(policy.signatures()), "signature");
        if (!proof.method().equals(request.method())) {
            throw invalid("htm", () -> Finding.of("htm " + proof.method(), "htm " + request.method()));
        }
        requireTarget(proof, request);
        requireTime(proof.times(), policy.clock().instant());
        demand(areEqual(proof.tokenHash(), hash(presented)), "ath");
        if (!areEqual(proof.signature().thumbprint(), thumbprint)) {
            throw new RefusedException(
                    RefusalReason.BINDING_MISMATCH,
                    "jkt",
                    () -> Finding.of(
                            "a proof by key " + beginning(proof.signature().thumbprint()),
                            "a proof by key " + beginning(thumbprint)));
        }
        Optional<String> freshNonce = requireNonce(proof);
        AccessToken proven = token.confirmedBy(new Confirmation.DpopKey(thumbprint));
        return new ProvenToken(proven, Optional.of(useOf(proof, thumbprint)), freshNonce);
    }

    /** Step 1. */
    private static String single(IncomingRequest request) throws RefusedException {
        List<String> proofs = request.headers().valuesOf("DPoP");
        demand(proofs.size() == 1, proofs.isEmpty() ? "no proof" : "several proofs");
        return proofs.get(0).strip();
    }

    /** Step 9. */
    private void requireTarget(DpopProof proof, IncomingRequest request) throws RefusedException {
        TargetUri expected = policy.targets().of(request);
        if (TargetUri.parse(proof.target()).filter(expected::equals).isEmpty()) {
            throw invalid("htu", () -> explain(proof, expected, request));
        }
    }

    private Finding explain(DpopProof proof, TargetUri expected, IncomingRequest request) {
        String source = policy.targets().source(request);
        return Finding.of("htu " + shown(proof.target()), "htu " + expected + expected.path() + ", by " + source)
                .by("tokenguard.resource.uri", "tokenguard.resource.hosts", "tokenguard.trusted-proxies");
    }

    /** Without query and fragment, which may hold secrets. */
    private static String shown(String target) {
        return TargetUri.parse(target)
                .map(address -> address + address.path())
                .orElse("that is no address of http or https");
    }

    /** Enough to compare, too little to trace a client by. */
    private static String beginning(String hash) {
        return hash.substring(0, Math.min(SHOWN_CHARACTERS, hash.length()));
    }

    /** Step 11. */
    private void requireTime(ProofTimes times, Instant now) throws RefusedException {
        Duration greatestAge = policy.dpop().greatestAge();
        Duration skew = policy.dpop().clockSkew();
        if (!times.areGood(now, greatestAge, skew)) {
            throw invalid("time", () -> times.explain(now, greatestAge, skew));
        }
    }

    /** Step 10. Checked after everything that the client can correct by itself. */
    private Optional<String> requireNonce(DpopProof proof) throws RefusedException {
        if (policy.nonces().isEmpty()) {
            return Optional.empty();
        }
        NonceIssuer nonces = policy.nonces().get();
        String nonce = proof.nonce();
        if (nonce == null || !nonces.accepts(nonce)) {
            throw new RefusedException(
                    RefusalReason.NONCE_REQUIRED,
                    "",
                    () -> Finding.of(
                            nonce == null ? "no nonce" : "a nonce that is over, or of another secret",
                            "the nonce of the field DPoP-Nonce"));
        }
        return nonces.isEnding(nonce) ? Optional.of(nonces.current()) : Optional.empty();
    }

    /** RFC 9449 §11.1. The name includes the key, so that no client can use up another one's identifiers. */
    private ProofUse useOf(DpopProof proof, String thumbprint) {
        byte[] name = digest(thumbprint + "\n" + proof.proofId());
        Instant madeAt = proof.times().issuedAt();
        return new ProofUse(name, thumbprint, madeAt, madeAt.plus(policy.dpop().greatestAge()));
    }

    /** RFC 9449 §4.2: the hash of the token's characters. */
    private static String hash(String token) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(digest(token));
    }

    private static byte[] digest(String text) {
        return Sha256.of(text.getBytes(StandardCharsets.UTF_8));
    }

    private static boolean areEqual(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    private static RefusedException invalid(String rule, Supplier<Finding> finding) {
        return new RefusedException(RefusalReason.PROOF_INVALID, rule, finding);
    }

    private static void demand(boolean isMet, String rule) throws RefusedException {
        if (!isMet) {
            throw new RefusedException(RefusalReason.PROOF_INVALID, rule);
        }
    }
}

package io.tokenguard.testkit;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Validates the DPoP proofs of token and pushed authorization requests (RFC 9449 §4.3, §5, §10.1). Thread-safe. */
final class DpopProofs {
    private static final String INVALID = "invalid_dpop_proof";
    private static final Duration MAX_AGE = Duration.ofMinutes(1);

    private final ExpiringStore<Boolean> used;
    private final Clock clock;
    private final Optional<DpopNonces> nonces;

    DpopProofs(Clock clock, boolean requireNonce) {
        this.clock = clock;
        this.used = new ExpiringStore<>(clock, MAX_AGE.multipliedBy(2));
        this.nonces = requireNonce ? Optional.of(new DpopNonces(clock)) : Optional.empty();
    }

    /** The nonce for the next proof; empty if none is required. */
    Optional<String> nonce() {
        return nonces.map(DpopNonces::current);
    }

    /** The thumbprint of the client's key; empty without a proof. */
    Optional<String> keyOf(RecordedRequest request, String target) throws GrantRefusal {
        List<String> proofs = request.headers().getOrDefault("DPoP", List.of());
        if (proofs.isEmpty()) {
            return Optional.empty();
        }
        SignedJson.Verified proof = SignedJson.verifyByOwnKey(proofs.get(0), "dpop+jwt"::equals)
                .filter(verified -> proofs.size() == 1)
                .orElseThrow(() -> GrantRefusal.of(INVALID, "Not one proof with a valid signature"));
        Map<String, @Nullable Object> claims = proof.claims();
        if (!request.method().equals(claims.get("htm")) || !target.equals(claims.get("htu"))) {
            throw GrantRefusal.of(INVALID, "The proof is for another request");
        }
        requireNonce(claims);
        String key = proof.key().orElseThrow().calculateBase64urlEncodedThumbprint("SHA-256");
        requireFresh(claims, key);
        return Optional.of(key);
    }

    private void requireNonce(Map<String, @Nullable Object> claims) throws GrantRefusal {
        if (nonces.isPresent()
                && !(claims.get("nonce") instanceof String nonce && nonces.get().isValid(nonce))) {
            throw GrantRefusal.of("use_dpop_nonce", "The proof needs the nonce of DPoP-Nonce");
        }
    }

    /** Only a hash of the identifier is kept: it may be long. */
    private void requireFresh(Map<String, @Nullable Object> claims, String key) throws GrantRefusal {
        boolean inTime = claims.get("iat") instanceof Number seconds && isNear(seconds.longValue());
        if (!inTime || !(claims.get("jti") instanceof String id) || !used.put(Sha256.of(key + id), true)) {
            throw GrantRefusal.of(INVALID, "The proof is too old, used, or has no jti or iat");
        }
    }

    private boolean isNear(long issuedAt) {
        long now = clock.instant().getEpochSecond();
        return issuedAt >= now - MAX_AGE.toSeconds() && issuedAt <= now + MAX_AGE.toSeconds();
    }
}

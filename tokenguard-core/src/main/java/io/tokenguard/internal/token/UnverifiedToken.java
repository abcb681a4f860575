package io.tokenguard.internal.token;

import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import io.tokenguard.access.RefusedException.Finding;
import io.tokenguard.access.Revocation;
import io.tokenguard.spi.VerificationKey;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A well-formed token without a verified signature. Of its claims, only the issuer can be read. */
public final class UnverifiedToken {
    private final JoseHeader header;
    private final Map<String, @Nullable Object> claims;
    private final byte[] signed;
    private final byte[] signature;

    UnverifiedToken(JoseHeader header, Map<String, @Nullable Object> claims, byte[] signed, byte[] signature) {
        this.header = header;
        this.claims = claims;
        this.signed = signed;
        this.signature = signature;
    }

    /** The header. */
    public JoseHeader header() {
        return header;
    }

    /** Whether the token names an issuer; null counts as absent. */
    public boolean hasIssuer() {
        return claims.get("iss") != null;
    }

    /**
     * The issuer that the token claims.
     *
     * @throws RefusedException if it is absent, or not a string
     */
    public String claimedIssuer() throws RefusedException {
        Object issuer = claims.get("iss");
        if (issuer == null) {
            throw new RefusedException(
                    RefusalReason.ISSUER_UNKNOWN, "iss missing", () -> Finding.of("no iss", "iss of a trusted issuer"));
        }
        if (issuer instanceof String name) {
            return name;
        }
        throw new RefusedException(
                RefusalReason.ISSUER_UNKNOWN,
                "iss is not a string",
                () -> Finding.of("an iss that is no text", "iss of a trusted issuer"));
    }

    /** The kind of server that probably issued it; anyone can write such claims. */
    public Optional<LikelyDialect> likelyDialect() {
        return LikelyDialect.of(claims);
    }

    /** What {@link Revocation#presented} calls it, in base64url. */
    public String fingerprint() {
        return Revocation.signed(signed).target();
    }

    /** Whether it looks like a token of Keycloak without audience and subject. */
    public boolean isLightweight() {
        return LikelyDialect.isLightweight(claims);
    }

    /** What it states to be instead of an access token; anyone can write such claims. */
    public Optional<LikelyKind> otherKind() {
        return LikelyKind.stated(claims);
    }

    /**
     * Why it probably names other audiences; empty if nothing is recognized.
     *
     * @param dialect the name of the dialect in force
     * @param keyPrefix what the keys of the issuer's settings begin with
     * @param expected the configured audiences
     */
    public String audienceMistake(String dialect, String keyPrefix, String expected) {
        return AudienceMistake.hint(claims, dialect, keyPrefix, expected);
    }

    /** Whether it has the nonce of a login, as ID tokens have, and does not state that it is an access token. */
    public boolean hasNonce() {
        return claims.containsKey("nonce") && !LikelyDialect.isAccessToken(claims);
    }

    /** The bytes that the signature covers. Not copied; not to be changed. */
    public byte[] signed() {
        return signed;
    }

    /** The signature. Not copied; not to be changed. */
    public byte[] signature() {
        return signature;
    }

    /**
     * The claims, after the signature was verified. For the package {@code signature} only.
     *
     * @param key the key that verified it
     */
    public VerifiedClaims verifiedBy(VerificationKey key) {
        return new VerifiedClaims(claims, key);
    }
}

package io.tokenguard.internal.token;

import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import io.tokenguard.spi.VerificationKey;
import java.util.Map;
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

    /**
     * The issuer that the token claims.
     *
     * @throws RefusedException if it is absent, or not a string
     */
    public String claimedIssuer() throws RefusedException {
        Object issuer = claims.get("iss");
        if (issuer == null) {
            throw new RefusedException(RefusalReason.ISSUER_UNKNOWN, "iss missing");
        }
        if (issuer instanceof String name) {
            return name;
        }
        throw new RefusedException(RefusalReason.ISSUER_UNKNOWN, "iss is not a string");
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

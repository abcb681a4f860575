package io.tokenguard.internal.status;

import io.tokenguard.access.RefusedException;
import io.tokenguard.spi.VerificationKey;

/** Verifies status lists, and knows their issuers. */
public interface StatusListVerifier {
    /** Whether a token has named the host of an issuer, so that it must not lead to an internal address. */
    boolean isHostNamedByToken(String issuer);

    /** Whether a key was banned since it verified a list. */
    boolean isBanned(String issuer, VerificationKey key);

    /**
     * Verifies a token. May block.
     *
     * @param issuer the issuer that must have signed it
     * @param token the compact token
     * @throws RefusedException if it is malformed, of another type, or not signed by the issuer
     */
    VerifiedStatusList verify(String issuer, String token) throws RefusedException;
}

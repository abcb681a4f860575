package io.tokenguard.internal.status;

import io.tokenguard.access.RefusedException;

/** Finds out whether an issuer vouches for a status list token. May block. */
@FunctionalInterface
public interface ListVouching {
    /**
     * Verifies a token.
     *
     * @param issuer who has to vouch for it
     * @param token the compact token
     * @throws RefusedException if it is malformed, of another type, or not signed by the issuer
     */
    VouchedList vouch(String issuer, String token) throws RefusedException;
}

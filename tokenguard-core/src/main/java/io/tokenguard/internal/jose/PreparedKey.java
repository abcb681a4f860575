package io.tokenguard.internal.jose;

import java.io.IOException;
import java.security.GeneralSecurityException;

/** A key that is prepared to verify signatures. Thread-safe. */
interface PreparedKey {
    /**
     * Whether a signature over some bytes is valid.
     *
     * @throws GeneralSecurityException if the key or the signature is malformed
     * @throws IOException if the signature can't be converted to the provider's encoding
     */
    boolean verify(byte[] signed, byte[] signature) throws GeneralSecurityException, IOException;
}

package io.tokenguard.internal.jose;

import java.io.IOException;
import java.security.GeneralSecurityException;

/** A key, ready to check signatures with. Thread-safe. */
interface PreparedKey {
    /**
     * Whether a signature is that of the key over some bytes.
     *
     * @throws GeneralSecurityException if the key or the signature can't be read
     * @throws IOException if the signature can't be brought into another form
     */
    boolean verify(byte[] signed, byte[] signature) throws GeneralSecurityException, IOException;
}

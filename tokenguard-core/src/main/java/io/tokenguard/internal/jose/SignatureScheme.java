package io.tokenguard.internal.jose;

import java.security.PublicKey;

/** One way to check signatures of one algorithm. Thread-safe. */
interface SignatureScheme {
    /** Makes a key ready; whatever is wrong with it comes out when it is used. */
    PreparedKey prepare(PublicKey key);

    /** Whether this JVM has what it takes. */
    boolean isAvailable();

    /** Who does the work, for the operator. */
    String worker();
}

package io.tokenguard.internal.jose;

import java.security.PublicKey;

/** A way to verify signatures of one algorithm. Thread-safe. */
interface SignatureScheme {
    /** Prepares a key. A bad key fails when it is used. */
    PreparedKey prepare(PublicKey key);

    /** Whether this JVM supports it. */
    boolean isAvailable();

    /** The name of the provider, for the operator. */
    String worker();
}

package io.tokenguard.internal.revocation;

/**
 * What was known of revocations when a token was last looked for among them: as long as no more is known, it need not be
 * looked for again. Belongs to one remembered token. Thread-safe.
 */
public final class RevocationCheckedAt {
    /** No version of the revocations. */
    private static final long NEVER = -1;

    private volatile long version = NEVER;

    boolean isOf(long current) {
        return version == current;
    }

    void givenAt(long current) {
        version = current;
    }
}

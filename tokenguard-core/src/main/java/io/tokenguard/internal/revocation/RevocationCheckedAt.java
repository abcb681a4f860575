package io.tokenguard.internal.revocation;

/**
 * The version of the revocations at which a cached token was last checked: it needs no check again while the version stays.
 * Belongs to one cached token. Thread-safe.
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

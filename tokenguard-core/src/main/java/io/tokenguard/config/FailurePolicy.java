package io.tokenguard.config;

import io.tokenguard.access.RefusalReason;

/**
 * What happens to requests that can't be decided because a shared store does not answer. Tokens known to be revoked are refused
 * in any case.
 */
public enum FailurePolicy {
    /** They get 503 ({@link RefusalReason#REVOCATION_UNKNOWN}, {@link RefusalReason#LIMIT_STORE_UNAVAILABLE}). */
    FAIL_CLOSED,
    /**
     * They are accepted, and a warning is logged. Revocations of other nodes may take effect late, and each node counts its own
     * requests.
     */
    FAIL_OPEN
}

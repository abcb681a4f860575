package io.tokenguard.config;

import io.tokenguard.access.RefusalReason;

/**
 * What happens to tokens while it is not known whether they were revoked. Tokens known to be revoked are refused in any case.
 */
public enum FailurePolicy {
    /** Their requests get 503 ({@link RefusalReason#REVOCATION_UNKNOWN}). */
    FAIL_CLOSED,
    /** They are accepted, and a warning is logged. Revocations of other nodes may take effect late. */
    FAIL_OPEN
}

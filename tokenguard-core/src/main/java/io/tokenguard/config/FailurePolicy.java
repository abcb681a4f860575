package io.tokenguard.config;

import io.tokenguard.access.RefusalReason;

/** What is done with tokens while it can't be told whether they were revoked. Those that are known to be are refused anyhow. */
public enum FailurePolicy {
    /** They are answered with 503 ({@link RefusalReason#REVOCATION_UNKNOWN}). */
    FAIL_CLOSED,
    /** They pass, and the operator is warned. Gives up that a revocation made elsewhere bites in time. */
    FAIL_OPEN
}

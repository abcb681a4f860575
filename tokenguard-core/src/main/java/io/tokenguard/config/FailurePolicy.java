package io.tokenguard.config;

import io.tokenguard.access.RefusalReason;

/** What is done with tokens while it can't be told whether they were revoked. Those that are known to be are refused anyhow. */
public enum FailurePolicy {
    /** They are answered with 503 ({@link RefusalReason#REVOCATION_UNKNOWN}). */
    FAIL_CLOSED,
    /** They pass, and the operator is warned. Revocations of other nodes may take effect late. */
    FAIL_OPEN
}

package io.tokenguard.jdbc;

import java.util.List;

/** The names of the rows of the state table. */
final class StateRows {
    /** The number of the newest revocation. Its lock makes the order of commits the order of numbers. */
    static final String POSITION = "revocation-position";
    /** Since when the database has lost nothing. */
    static final String EPOCH = "epoch";
    /** Until when a node deletes expired rows. */
    static final String CLEANUP = "cleanup";
    /** Written to see whether it can be. */
    static final String PROBE = "probe";
    /** The nonce secret; made by the first node. */
    static final String NONCE_SECRET = "nonce-secret";

    /** The rows that are there from the start. */
    static final List<String> NAMES = List.of(POSITION, EPOCH, CLEANUP, PROBE);

    private StateRows() {}
}

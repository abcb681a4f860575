package io.tokenguard.jdbc;

import io.tokenguard.internal.store.FailureLog;
import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** Why the database is unavailable, as constant text: no message of the database or its driver reaches a log. */
enum Failure implements FailureLog.Cause {
    SLOW("the database does not answer in time", "57014"),
    UNREACHABLE("the database can't be reached", "08 57P 90007 90067 90098 90121"),
    LOGIN_REFUSED("the database refuses the user or the password", "28"),
    DATABASE_MISSING("the server has no database of this name", "3D"),
    NOT_PERMITTED(
            "the database user lacks a permission; grant it SELECT, INSERT, UPDATE and DELETE on TokenGuard's tables",
            "42501 90096"),
    READ_ONLY("the database accepts no writes: it is a replica, or set to read-only", "25006 90097"),
    ROLL_UPS_NOT_CREATED(
            "the database user may not create the table of the console's counts, which are therefore not stored; create it by"
                    + " the statements in docs/console.md",
            ""),
    TABLES_MISSING("tables of TokenGuard are missing in the database", "42P01 42S0 3F000 90079"),
    TOO_MANY_CONNECTIONS("the database has no free connection", "53300"),
    FULL("the database is full", "53"),
    CONFLICT("another transaction was in the way", "40 23 55P03 HYT00"),
    REFUSED("the database refuses a statement", ""),
    ROW_REJECTED(
            "the database rejects a revocation of this node, which applies to this node only and is tried again; look at the"
                    + " database's log for the statement",
            ""),
    SCHEMA_REFUSED("the tables in the database can't be used; the log of the start says why", ""),
    UNREADABLE("the table of revocations has rows that this version can't read; upgrade this node", ""),
    SECRET_UNREADABLE("the nonce secret in the database is malformed", ""),
    OVERFLOW("more revocations wait for the database than are kept; the newest apply to this node only", "");

    private final String words;
    /** How SQL states of this kind begin, separated by spaces. */
    private final String states;

    Failure(String words, String states) {
        this.words = words;
        this.states = states;
    }

    @Override
    public String words() {
        return words;
    }

    /** Whether the connection is of no use any more. */
    boolean isOfConnection() {
        return this == SLOW || this == UNREACHABLE;
    }

    /** Whether the content of a row may be the cause, so that other rows may be written. */
    boolean mayBeOfRow() {
        return this == REFUSED || this == CONFLICT;
    }

    static Failure of(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SocketTimeoutException
                    || cause instanceof SQLTimeoutException
                    || cause instanceof TimeoutException) {
                return SLOW;
            }
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                return ofState(sql.getSQLState());
            }
        }
        return failure instanceof SQLException ? UNREACHABLE : REFUSED;
    }

    private static Failure ofState(String state) {
        for (Failure failure : values()) {
            if (failure.holds(state)) {
                return failure;
            }
        }
        return REFUSED;
    }

    private boolean holds(String state) {
        return !states.isEmpty() && Stream.of(states.split(" ", -1)).anyMatch(state::startsWith);
    }
}

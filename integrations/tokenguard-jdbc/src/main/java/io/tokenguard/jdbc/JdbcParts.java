package io.tokenguard.jdbc;

import io.tokenguard.internal.store.FailureLog;
import java.time.Clock;

/**
 * The shared parts of a state.
 *
 * @param tables the tables' names
 * @param clock the time of proofs and revocations
 * @param source the source of connections
 * @param log which revocations the database contains
 * @param failures the current failures
 */
record JdbcParts(Tables tables, Clock clock, ConnectionSource source, WriteBackLog log, FailureLog<Concern> failures) {}

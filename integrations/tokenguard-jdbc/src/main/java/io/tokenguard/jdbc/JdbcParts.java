package io.tokenguard.jdbc;

import java.time.Clock;

/**
 * What the parts of a state share.
 *
 * @param tables the tables' names
 * @param clock tells the time of proofs and revocations
 * @param source where connections come from
 * @param log which revocations the database holds
 * @param failures what fails now
 */
record JdbcParts(Tables tables, Clock clock, ConnectionSource source, WriteBackLog log, Failures failures) {}

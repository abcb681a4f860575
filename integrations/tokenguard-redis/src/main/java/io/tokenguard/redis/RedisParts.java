package io.tokenguard.redis;

import io.tokenguard.internal.store.FailureLog;
import java.time.Clock;

/**
 * The shared parts of a state.
 *
 * @param keys the names of keys
 * @param clock the time of proofs and revocations
 * @param writeBackLog which revocations the stream contains
 * @param failures the current failures
 */
record RedisParts(KeyLayout keys, Clock clock, WriteBackLog writeBackLog, FailureLog<Concern> failures) {}

package io.tokenguard.redis;

import java.time.Clock;

/**
 * What the parts of a state share.
 *
 * @param keys what our keys are called
 * @param clock tells the time of proofs and revocations
 * @param writeBackLog which revocations the stream holds
 * @param failures what is wrong
 */
record RedisParts(KeyLayout keys, Clock clock, WriteBackLog writeBackLog, Failures failures) {}

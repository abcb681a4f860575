package io.tokenguard.internal.possession;

import java.time.Instant;

/**
 * A proof that is good, but for that it may have been used before.
 *
 * @param name 32 bytes that stand for it and its key
 * @param madeAt when it was made
 * @param forgetAt when it is over
 */
@SuppressWarnings("ArrayRecordComponent") // Handed on once and never changed.
record ProofUse(byte[] name, Instant madeAt, Instant forgetAt) {}

package io.tokenguard.internal.possession;

import java.time.Instant;

/**
 * A proof that is valid, unless it was used before.
 *
 * @param name 32 bytes that identify it and its key
 * @param key the thumbprint of its key
 * @param madeAt when it was made
 * @param forgetAt when it expires
 */
@SuppressWarnings("ArrayRecordComponent") // passed on once and never changed
record ProofUse(byte[] name, String key, Instant madeAt, Instant forgetAt) {}

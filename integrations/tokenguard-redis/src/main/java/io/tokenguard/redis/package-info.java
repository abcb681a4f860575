/**
 * Revocations, used proofs and the nonce secret, shared by many nodes through Redis 6.2 and later or Valkey.
 *
 * <p>In: an address, and other nodes' entries. Out: {@link io.tokenguard.spi.SharedState}. Anyone who can write to that Redis
 * can revoke and can have requests refused; no entry lets a request through. Specifications: RFC 9449 §8, §11.1.
 */
@NullMarked
package io.tokenguard.redis;

import org.jspecify.annotations.NullMarked;

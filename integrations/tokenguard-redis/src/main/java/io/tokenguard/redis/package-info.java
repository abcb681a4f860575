/**
 * Revocations, used proofs and the secret of nonces, shared by many nodes through Redis 6.2 and later or Valkey.
 *
 * <p>Comes in: an address, and what nodes tell one another. Goes out: {@link io.tokenguard.spi.SharedState}. Anyone who can
 * write to that Redis can revoke, and can make requests be refused; nothing that stands in it allows anything.
 * Specifications: RFC 9449 §8, §11.1.
 */
@NullMarked
package io.tokenguard.redis;

import org.jspecify.annotations.NullMarked;

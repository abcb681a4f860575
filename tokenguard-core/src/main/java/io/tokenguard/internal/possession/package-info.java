/**
 * Judges whether whoever sent the token may use it.
 *
 * <p>Comes in: an {@code AccessToken}, how it was sent, and the request. Goes out: the token with what its sender has
 * proven. Refused here: bound tokens without a good proof, proofs for other requests, other tokens or other times, proofs
 * used twice, other certificates than the token's, bearer tokens where a bound one is demanded. Specifications: RFC 7800,
 * RFC 8705, RFC 9449. Knows: {@code access},
 * {@code spi}, {@code jose}, {@code request}.
 */
@NullMarked
package io.tokenguard.internal.possession;

import org.jspecify.annotations.NullMarked;

/**
 * Checks whether the sender of a token may use it.
 *
 * <p>In: an {@code AccessToken}, how it was sent, and the request. Out: the token with what its sender proved. Refuses: bound
 * tokens without a valid proof; proofs for other requests, tokens or times; proofs used before; certificates other than the
 * token's; bearer tokens if a bound one is required. Specifications: RFC 7800, RFC 8705, RFC 9449. Uses: {@code access},
 * {@code spi}, {@code jose}, {@code request}.
 */
@NullMarked
package io.tokenguard.internal.possession;

import org.jspecify.annotations.NullMarked;

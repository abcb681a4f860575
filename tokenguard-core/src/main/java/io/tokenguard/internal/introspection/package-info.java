/**
 * Introspects tokens at their issuer: the second way to validated claims.
 *
 * <p>In: an opaque token, or a verified one that its issuer has to confirm. Out: the {@code AccessToken} in the issuer's
 * answer. Also requests tokens of this API, as a client of the same servers (RFC 6749 §3.2). Refuses: inactive tokens, and tokens whose issuer does not answer. Specifications: RFC 7662, RFC 9701, RFC 7523.
 * Uses: {@code access}, {@code spi}, {@code jose}, {@code token}, {@code signature}, {@code keys}.
 */
@NullMarked
package io.tokenguard.internal.introspection;

import org.jspecify.annotations.NullMarked;

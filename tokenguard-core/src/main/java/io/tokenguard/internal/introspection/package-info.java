/**
 * Asks an issuer about tokens: the second way to verified claims.
 *
 * <p>Comes in: a token nobody can read, or one that is to be asked about. Goes out: the {@code AccessToken} that its issuer's answer makes. Refused here: inactive tokens, and tokens while their issuer can't be asked. Specifications: RFC 7662, RFC 9701, RFC 7523. Knows: {@code access}, {@code spi}, {@code jose}, {@code token}, {@code signature}, {@code keys}.
 */
@NullMarked
package io.tokenguard.internal.introspection;

import org.jspecify.annotations.NullMarked;

/**
 * Turns an unverified token into verified claims.
 *
 * <p>Comes in: an {@code UnverifiedToken} and the key it names. Goes out: {@code VerifiedClaims}. Refused here: signatures that are not the key's. Specifications: RFC 7515 §5.2. Knows: {@code access}, {@code spi}, {@code jose}, {@code token}.
 */
@NullMarked
package io.tokenguard.internal.signature;

import org.jspecify.annotations.NullMarked;

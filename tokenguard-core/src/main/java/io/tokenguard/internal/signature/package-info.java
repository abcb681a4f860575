/**
 * Turns an unverified token into verified claims.
 *
 * <p>In: an {@code UnverifiedToken} and the key that its header names. Out: {@code VerifiedClaims}. Refuses: invalid
 * signatures. Specifications: RFC 7515 §5.2. Uses: {@code access}, {@code spi}, {@code jose}, {@code token}.
 */
@NullMarked
package io.tokenguard.internal.signature;

import org.jspecify.annotations.NullMarked;

/**
 * Validates the claims of a verified token.
 *
 * <p>In: {@code VerifiedClaims}. Out: an {@code AccessToken}. Refuses: missing and malformed claims, other audiences, expired
 * tokens. Specifications: RFC 7519 §4.1, RFC 9068. Uses: {@code access}, {@code spi}, {@code token}.
 */
@NullMarked
package io.tokenguard.internal.claims;

import org.jspecify.annotations.NullMarked;

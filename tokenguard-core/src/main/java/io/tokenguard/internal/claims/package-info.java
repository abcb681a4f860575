/**
 * Checks what a verified token says.
 *
 * <p>Comes in: {@code VerifiedClaims}. Goes out: an {@code AccessToken}. Refused here: missing and malformed claims, other audiences, tokens out of their time. Specifications: RFC 7519 §4.1, RFC 9068. Knows: {@code access}, {@code spi}, {@code token}.
 */
@NullMarked
package io.tokenguard.internal.claims;

import org.jspecify.annotations.NullMarked;

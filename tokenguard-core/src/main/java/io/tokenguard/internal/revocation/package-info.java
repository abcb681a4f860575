/**
 * Checks whether a token was revoked before it expires.
 *
 * <p>In: an {@code AccessToken} and how it was sent; revocations of the application and of other nodes. Out: nothing.
 * Refuses: revoked tokens, and all tokens while it is not known whether they were revoked. Specifications: RFC 7009, OpenID
 * Connect Back-Channel Logout 1.0. Uses: {@code access}, {@code spi}, {@code jose}.
 */
@NullMarked
package io.tokenguard.internal.revocation;

import org.jspecify.annotations.NullMarked;

/**
 * Judges whether a token was withdrawn before its time is over.
 *
 * <p>Comes in: an {@code AccessToken} and how it was presented; revocations, from the application and from other nodes. Goes
 * out: nothing. Refused here: tokens that were revoked, and all tokens while it can't be told whether they were.
 * Specifications: RFC 7009, OpenID Connect Back-Channel Logout 1.0. Knows: {@code access}, {@code spi}, {@code jose}.
 */
@NullMarked
package io.tokenguard.internal.revocation;

import org.jspecify.annotations.NullMarked;

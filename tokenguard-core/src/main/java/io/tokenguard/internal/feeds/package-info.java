/**
 * Reads logout tokens and security event tokens, which issuers send on their own initiative.
 *
 * <p>In: requests of issuers, and {@code VerifiedClaims}. Out: revocations, and answers. Refuses: anything that is no logout
 * or event token for this API. Specifications: OpenID Connect Back-Channel Logout 1.0, RFC 8417, RFC 8935, RFC 9493, OpenID
 * CAEP 1.0, RISC 1.0 and Shared Signals 1.0. Uses: {@code access}, {@code jose}, {@code token}, {@code claims}.
 */
@NullMarked
package io.tokenguard.internal.feeds;

import org.jspecify.annotations.NullMarked;

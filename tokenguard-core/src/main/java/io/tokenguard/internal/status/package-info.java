/**
 * Looks up in the lists of issuers whether a token was withdrawn.
 *
 * <p>Comes in: an {@code AccessToken} that names its place in a list. Goes out: nothing. Refused here: tokens that their list
 * calls withdrawn, and those of which nobody can tell. Specifications: draft-ietf-oauth-status-list-21, RFC 1950. Knows:
 * {@code access}, {@code jose}, {@code token}, {@code claims}, {@code keys}.
 */
@NullMarked
package io.tokenguard.internal.status;

import org.jspecify.annotations.NullMarked;

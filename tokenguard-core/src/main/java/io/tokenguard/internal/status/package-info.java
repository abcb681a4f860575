/**
 * Checks tokens against the status lists of their issuers.
 *
 * <p>In: an {@code AccessToken} with a status reference. Out: nothing. Refuses: tokens that are revoked or suspended in their
 * list, and those whose status is not known. Specifications: draft-ietf-oauth-status-list-21, RFC 1950. Uses: {@code access},
 * {@code jose}, {@code token}, {@code claims}, {@code keys}.
 */
@NullMarked
package io.tokenguard.internal.status;

import org.jspecify.annotations.NullMarked;

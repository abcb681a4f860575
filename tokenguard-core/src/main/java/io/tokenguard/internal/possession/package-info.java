/**
 * Judges whether whoever sent the token may hold it.
 *
 * <p>Comes in: an {@code AccessToken}. Goes out: nothing, where its sender may use it. Refused here: tokens that are bound
 * to a sender in a way that is not checked. Specifications: RFC 7800. Knows: {@code access}.
 */
@NullMarked
package io.tokenguard.internal.possession;

import org.jspecify.annotations.NullMarked;

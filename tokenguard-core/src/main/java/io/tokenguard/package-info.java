/**
 * The front door: build a {@link io.tokenguard.TokenGuard}, in code or from properties, and ask it.
 *
 * <p>Comes in: settings, then requests. Goes out: decisions. Refused here: settings that are wrong, contradict each other
 * or are not known. Specifications: RFC 6750, RFC 9068. Knows: every room.
 */
@NullMarked
package io.tokenguard;

import org.jspecify.annotations.NullMarked;

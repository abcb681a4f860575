/**
 * The extension points of TokenGuard.
 *
 * <p>Comes in: what an application brings, such as its own keys. Goes out: interfaces that the internal packages call.
 * Refused here:
 * nothing. Specifications: RFC 7517. Knows: {@code access}.
 */
@NullMarked
package io.tokenguard.spi;

import org.jspecify.annotations.NullMarked;

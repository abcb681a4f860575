/**
 * The sockets of TokenGuard: what the outside may plug in.
 *
 * <p>Comes in: what an application brings, such as its own keys. Goes out: interfaces that the rooms call. Refused here:
 * nothing. Specifications: RFC 7517. Knows: {@code access}.
 */
@NullMarked
package io.tokenguard.spi;

import org.jspecify.annotations.NullMarked;

/**
 * The extension points of TokenGuard.
 *
 * <p>In: extensions of the application, such as its own keys. Out: interfaces that the internal packages call. Rejects:
 * nothing. Specifications: RFC 7517. Uses: {@code access}.
 */
@NullMarked
package io.tokenguard.spi;

import org.jspecify.annotations.NullMarked;

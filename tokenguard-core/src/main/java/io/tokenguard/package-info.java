/**
 * The entry point: build a {@link io.tokenguard.TokenGuard}, in code or from properties, and let it decide.
 *
 * <p>In: settings, then requests. Out: decisions. Refuses: invalid, contradictory or unknown settings. Specifications: RFC
 * 6750, RFC 9068. Uses: {@code config}, {@code access}, {@code spi}, and the internal settings, properties and assembly.
 */
@NullMarked
package io.tokenguard;

import org.jspecify.annotations.NullMarked;

/**
 * The API to start with: build a {@link io.tokenguard.TokenGuard}, in code or from properties, and ask it.
 *
 * <p>In: settings, then requests. Out: decisions. Refuses: settings that are wrong, contradict each other or are not known.
 * Specifications: RFC 6750, RFC 9068. Uses: {@code config}, {@code access}, {@code spi}, and the internal settings, properties
 * and assembly.
 */
@NullMarked
package io.tokenguard;

import org.jspecify.annotations.NullMarked;

/**
 * Detects signs that tokens are used by others than their owners.
 *
 * <p>In: decided requests. Out: signs of theft. Refuses: nothing. Specifications: RFC 9700 §4.14, which leaves the signs
 * open. Uses: {@code access}, {@code request}.
 */
@NullMarked
package io.tokenguard.internal.theft;

import org.jspecify.annotations.NullMarked;

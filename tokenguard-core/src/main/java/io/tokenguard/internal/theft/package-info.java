/**
 * Notices signs that tokens are used by others than their owners.
 *
 * <p>Comes in: requests that were decided, and how. Goes out: suspicions. Refused here: nothing. Specifications: RFC 9700 §4.14,
 * which leaves the signs open. Knows: {@code access}, {@code request}.
 */
@NullMarked
package io.tokenguard.internal.theft;

import org.jspecify.annotations.NullMarked;

/**
 * Composes the answer to a refused request out of fixed text.
 *
 * <p>Comes in: a reason and the requirement. Goes out: a {@code Challenge}. Refused here: nothing. Specifications: RFC 6750 §3,
 * RFC 9110 §11.6.1, RFC 9470 §3. Knows: {@code access}.
 */
@NullMarked
package io.tokenguard.internal.response;

import org.jspecify.annotations.NullMarked;

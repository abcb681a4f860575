/**
 * Composes the answer to a refused request out of fixed text, and what the API says of itself.
 *
 * <p>Comes in: a reason and requirements. Goes out: a {@code Challenge}, a {@code ResourceMetadata}. Refused here: nothing. Specifications: RFC 6750 §3,
 * RFC 9110 §11.6.1, RFC 9470 §3, RFC 9728. Knows: {@code access}.
 */
@NullMarked
package io.tokenguard.internal.response;

import org.jspecify.annotations.NullMarked;

/**
 * Composes the answers to refused requests from fixed texts, and the metadata of the API.
 *
 * <p>In: a reason and requirements. Out: a {@code Challenge}, a {@code ResourceMetadata}. Refuses: nothing. Specifications:
 * RFC 6750 §3, RFC 9110 §11.6.1, RFC 9470 §3, RFC 9728. Uses: {@code access}.
 */
@NullMarked
package io.tokenguard.internal.response;

import org.jspecify.annotations.NullMarked;

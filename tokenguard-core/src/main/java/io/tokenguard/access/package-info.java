/**
 * The public value types that callers and all other packages share.
 *
 * <p>In: nothing. Out: requests, requirements, tokens, decisions, refusals. Rejects: values that violate their grammar.
 * Specifications: RFC 6749, RFC 6750, RFC 9068, RFC 9396, RFC 9470. Uses: the JDK.
 */
@NullMarked
package io.tokenguard.access;

import org.jspecify.annotations.NullMarked;

/**
 * The words of TokenGuard: values that every other package and every caller shares.
 *
 * <p>Comes in: nothing. Goes out: requests, requirements, tokens, decisions, refusals. Refused here: values that break
 * their own grammar. Specifications: RFC 6750, RFC 6749, RFC 9068,
 * RFC 9396, RFC 9470. Knows: the JDK.
 */
@NullMarked
package io.tokenguard.access;

import org.jspecify.annotations.NullMarked;

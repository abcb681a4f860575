/**
 * Decides whether a validated token grants what the route requires.
 *
 * <p>In: an {@code AuthorizationRequest} and an {@code AccessRequirement}. Out: nothing, if it does. Refuses: tokens that do
 * not grant enough. Specifications: RFC 6750 §3.1, RFC 9396, RFC 9470. Uses: {@code access}.
 */
@NullMarked
package io.tokenguard.internal.authorization;

import org.jspecify.annotations.NullMarked;

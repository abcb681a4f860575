/**
 * Judges whether a good token grants what the route demands.
 *
 * <p>Comes in: an {@code AuthorizationRequest} and an {@code AccessRequirement}. Goes out: nothing, where it does. Refused here:
 * tokens that do not grant enough. Specifications: RFC 6750 §3.1, RFC 9396, RFC 9470. Knows: {@code access}.
 */
@NullMarked
package io.tokenguard.internal.authorization;

import org.jspecify.annotations.NullMarked;

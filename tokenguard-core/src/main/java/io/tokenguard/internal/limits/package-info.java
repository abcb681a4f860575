/**
 * The limits of requests, as configured, and what a module of limits has to do. In: rules. Out: limits by method and path.
 * Refuses nothing itself: {@code tokenguard-gateway} counts.
 */
@NullMarked
package io.tokenguard.internal.limits;

import org.jspecify.annotations.NullMarked;

/**
 * Puts TokenGuard in front of a Jakarta Servlet application.
 *
 * <p>Comes in: what a container dispatches. Goes out: the same with the caller's identity, or the guard's refusal, written
 * as it is. Decided here: nothing. Specifications: Jakarta Servlet 6.0 and 6.1. Knows: {@code io.tokenguard} and
 * {@code io.tokenguard.access}.
 */
@NullMarked
package io.tokenguard.servlet;

import org.jspecify.annotations.NullMarked;

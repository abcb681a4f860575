/**
 * Protects Jakarta Servlet applications with TokenGuard.
 *
 * <p>In: a container's dispatches. Out: the same with the caller's identity, or the guard's refusal, unchanged. Decides:
 * nothing. Specifications: Jakarta Servlet 6.0 and 6.1. Uses: {@code io.tokenguard} and {@code io.tokenguard.access}.
 */
@NullMarked
package io.tokenguard.servlet;

import org.jspecify.annotations.NullMarked;

/**
 * Protects resources of Jakarta REST by their annotations.
 *
 * <p>In: matched requests. Out: the same with the caller's identity, or the guard's refusal, unchanged. Decides: nothing;
 * finds which requirement applies, and rejects rules that contradict each other. Specifications: Jakarta REST 3.1 and 4.0,
 * Jakarta Annotations 2.1. Uses: {@code io.tokenguard} and {@code io.tokenguard.access}.
 */
@NullMarked
package io.tokenguard.jaxrs;

import org.jspecify.annotations.NullMarked;

/**
 * Judges resources of Jakarta REST by their annotations.
 *
 * <p>Comes in: what a runtime has matched. Goes out: the same with the caller's identity, or the guard's refusal, written as
 * it is. Decided here: nothing; found here: which requirement holds, and whether what is stated contradicts itself.
 * Specifications: Jakarta REST 3.1 and 4.0, Jakarta Annotations 2.1. Knows: {@code io.tokenguard} and
 * {@code io.tokenguard.access}.
 */
@NullMarked
package io.tokenguard.jaxrs;

import org.jspecify.annotations.NullMarked;

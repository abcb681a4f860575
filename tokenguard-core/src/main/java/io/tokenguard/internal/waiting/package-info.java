/**
 * What parts that may wait have in common.
 *
 * <p>In: nothing. Out: the end of a decision that must not wait. Refuses: nothing. Uses: the JDK.
 */
@NullMarked
package io.tokenguard.internal.waiting;

import org.jspecify.annotations.NullMarked;

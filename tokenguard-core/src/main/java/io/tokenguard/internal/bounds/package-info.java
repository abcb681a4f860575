/**
 * Ranges and forms of single setting values.
 *
 * <p>In: one value and the key of its setting. Out: the value. Refuses: values out of range. Uses: {@code access}.
 */
@NullMarked
package io.tokenguard.internal.bounds;

import org.jspecify.annotations.NullMarked;

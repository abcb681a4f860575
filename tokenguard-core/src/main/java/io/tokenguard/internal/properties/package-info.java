/**
 * Properties: their keys, sources and values, and what each one sets.
 *
 * <p>In: texts. Out: settings. Refuses: keys that are unknown and values that can't be read. Uses: {@code settings}, {@code
 * config}.
 */
@NullMarked
package io.tokenguard.internal.properties;

import org.jspecify.annotations.NullMarked;

/**
 * Settings that users write in code. Immutable values: each method returns a new one.
 *
 * <p>In: single values. Out: the settings of one topic. Refuses: values out of range. Uses: {@code access}, {@code spi}.
 */
@NullMarked
package io.tokenguard.config;

import org.jspecify.annotations.NullMarked;

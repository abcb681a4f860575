/**
 * The whole configuration, as immutable and validated data.
 *
 * <p>In: settings of builders and properties. Out: {@code GuardSettings}. Refuses: values that are missing, out of range or
 * contradict each other. Uses: {@code config}, {@code access}, {@code spi}.
 */
@NullMarked
package io.tokenguard.internal.settings;

import org.jspecify.annotations.NullMarked;

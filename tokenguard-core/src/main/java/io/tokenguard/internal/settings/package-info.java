/**
 * All that was configured, as immutable and validated data.
 *
 * <p>In: what builders and properties say. Out: {@code GuardSettings}. Refuses: values that are missing, out of range or
 * contradict each other. Uses: {@code config}, {@code access}, {@code spi}.
 */
@NullMarked
package io.tokenguard.internal.settings;

import org.jspecify.annotations.NullMarked;

/**
 * Logs refusals for the operator, without secrets; no caller can forge a line.
 *
 * <p>In: refusals. Out: one log event each. Refuses: nothing. Uses: {@code access}, {@code spi}.
 */
@NullMarked
package io.tokenguard.internal.audit;

import org.jspecify.annotations.NullMarked;

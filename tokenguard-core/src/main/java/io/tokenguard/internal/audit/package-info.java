/**
 * Tells the operator of refusals, without secrets and without a way to forge a line.
 *
 * <p>Comes in: refusals. Goes out: one log event each. Refused here: nothing. Specifications: none. Knows: {@code access}, {@code spi}.
 */
@NullMarked
package io.tokenguard.internal.audit;

import org.jspecify.annotations.NullMarked;

/**
 * Remembers tokens that were found good, so that each is checked in full once.
 *
 * <p>Comes in: a token as it is presented. Goes out: what was established of the very same token before. Refused here: nothing; what is not remembered is checked in full. Knows: nothing.
 */
@NullMarked
package io.tokenguard.internal.cache;

import org.jspecify.annotations.NullMarked;

/**
 * Caches tokens that were accepted, so that each is verified in full once.
 *
 * <p>In: a compact token. Out: what was verified of the same token before. Refuses: nothing; a token that is not cached is
 * verified in full. Uses: nothing.
 */
@NullMarked
package io.tokenguard.internal.cache;

import org.jspecify.annotations.NullMarked;

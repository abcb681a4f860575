/**
 * Writes that happen once: reads rules and keys, and stores and repeats answers. Refuses requests without a usable key, and
 * those whose key is in use.
 */
@NullMarked
package io.tokenguard.internal.writes;

import org.jspecify.annotations.NullMarked;

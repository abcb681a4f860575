/** A guard under mixed load for minutes or hours while its surroundings fail, and every answer is checked. */
@NullMarked
package io.tokenguard.bench.soak;

import org.jspecify.annotations.NullMarked;

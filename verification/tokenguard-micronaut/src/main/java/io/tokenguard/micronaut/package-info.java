/** A Micronaut application that a guard protects. */
@NullMarked
package io.tokenguard.micronaut;

import org.jspecify.annotations.NullMarked;

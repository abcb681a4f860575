/** Metrics and observations of a guard for Micrometer. */
@NullMarked
package io.tokenguard.micrometer;

import org.jspecify.annotations.NullMarked;

/**
 * The notation of a claim's place, for every setting that names one. In: text of the configuration, and claims. Out: the value
 * at the path. Refuses nothing itself. Specification: RFC 6901. Uses the JDK only, so that every package may use it.
 */
@NullMarked
package io.tokenguard.internal.claimpath;

import org.jspecify.annotations.NullMarked;

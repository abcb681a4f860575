/** A Dropwizard application whose resources are guarded. */
@NullMarked
package io.tokenguard.dropwizard;

import org.jspecify.annotations.NullMarked;

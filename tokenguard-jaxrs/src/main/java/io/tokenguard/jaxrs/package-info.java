/** Annotations that state which access a Jakarta REST resource demands. */
@NullMarked
package io.tokenguard.jaxrs;

import org.jspecify.annotations.NullMarked;

/** An endpoint that a gateway asks, before it passes a request on, whether TokenGuard grants it. */
@NullMarked
package io.tokenguard.examples.forwardauth;

import org.jspecify.annotations.NullMarked;

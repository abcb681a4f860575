/** An endpoint that lets gateways ask TokenGuard before they pass a request on. */
@NullMarked
package io.tokenguard.examples.forwardauth;

import org.jspecify.annotations.NullMarked;

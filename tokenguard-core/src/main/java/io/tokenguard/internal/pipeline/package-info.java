/**
 * The decision pipeline and its steps: read the request, validate the token, cache it, decide, notify observers.
 *
 * <p>In: a request. Out: a decision. Refuses: nothing of its own; each step raises its reasons. Specifications: RFC 6750,
 * RFC 9068. Uses: the packages of the steps.
 */
@NullMarked
package io.tokenguard.internal.pipeline;

import org.jspecify.annotations.NullMarked;

/**
 * An authorization server small enough to live inside a test.
 *
 * <p>{@link io.tokenguard.testkit.TestIssuer} listens on the loopback address, serves its metadata (RFC 8414, OpenID Connect
 * Discovery 1.0) and its keys (RFC 7517), mints access tokens in the profile of RFC 9068, and grants them over HTTP
 * (RFC 6749). On demand it also fails like real
 * ones: it rotates keys without notice, stalls, drops connections, and sends oversized or wrong answers.
 *
 * <p>No method takes or returns null unless the type says {@code @Nullable}; a null elsewhere is a programming error and
 * ends in a {@link NullPointerException}. Nothing here is meant to guard anything: keys are exportable, and any token
 * can be made.
 */
@NullMarked
package io.tokenguard.testkit;

import org.jspecify.annotations.NullMarked;

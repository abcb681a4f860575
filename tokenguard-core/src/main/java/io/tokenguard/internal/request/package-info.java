/**
 * Reads a request: where it goes and which credential it carries.
 *
 * <p>Comes in: the view of a request. Goes out: the rule for its path and the one access token in it. Refused here: ambiguous paths, malformed or several credentials. Specifications: RFC 3986, RFC 6750 §2, RFC 9110 §11, Servlet 6.0 §3.5. Knows: {@code access}.
 */
@NullMarked
package io.tokenguard.internal.request;

import org.jspecify.annotations.NullMarked;

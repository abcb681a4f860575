/**
 * Reads a request: its path and its credentials.
 *
 * <p>In: the view of a request. Out: the rule for its path, and its one access token. Refuses: ambiguous paths, malformed or
 * several credentials. Specifications: RFC 3986, RFC 6750 §2, RFC 9110 §11, Servlet 6.0 §3.5. Uses: {@code access}.
 */
@NullMarked
package io.tokenguard.internal.request;

import org.jspecify.annotations.NullMarked;

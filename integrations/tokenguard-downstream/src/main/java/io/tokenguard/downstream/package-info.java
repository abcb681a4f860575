/**
 * Gives outgoing requests their tokens, by destination: none, the caller's, an exchanged one, or the API's own. Specifications: RFC
 * 8693, RFC 6749 §4.4, RFC 8707.
 */
@NullMarked
package io.tokenguard.downstream;

import org.jspecify.annotations.NullMarked;

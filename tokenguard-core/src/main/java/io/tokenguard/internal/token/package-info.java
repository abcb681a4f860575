/**
 * Reads a token as far as it may be read before its signature is checked.
 *
 * <p>Comes in: the compact text of a token. Goes out: an {@code UnverifiedToken}. Refused here: size, shape, header. Specifications: RFC 7515, RFC 7519 §7.2, RFC 8725. Knows: {@code access}, {@code jose}.
 */
@NullMarked
package io.tokenguard.internal.token;

import org.jspecify.annotations.NullMarked;

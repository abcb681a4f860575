/**
 * Decrypts and parses a token, as far as it may be read before its signature is verified.
 *
 * <p>In: the compact text of a token. Out: an {@code UnverifiedToken}. Refuses: size, form, header. Specifications: RFC 7515,
 * RFC 7519 §7.2, RFC 8725. Uses: {@code access}, {@code jose}.
 */
@NullMarked
package io.tokenguard.internal.token;

import org.jspecify.annotations.NullMarked;

/**
 * The trusted issuers, their rules, and the one verification of their tokens: parse, issuer, header, key, signature.
 *
 * <p>In: a compact token. Out: its claims and the issuer that signed them. Refuses: tokens of unknown issuers and with banned
 * keys. Specifications: RFC 7515, RFC 8725. Uses: {@code jose}, {@code token}, {@code keys}, {@code signature}, {@code claims}, {@code
 * revocation}.
 */
@NullMarked
package io.tokenguard.internal.issuers;

import org.jspecify.annotations.NullMarked;

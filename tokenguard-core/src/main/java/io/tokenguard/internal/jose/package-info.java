/**
 * The only package that uses jose4j, behind strict readers.
 *
 * <p>In: text and bytes from outside. Out: base64url bytes, JSON values, verification keys, results of signature
 * verification. Refuses: what breaks the grammar of RFC 4648, RFC 8259 or RFC 7517, and weak keys. Specifications: RFC 7515,
 * RFC 7517, RFC 7518, RFC 8037, RFC 9864. Uses: {@code access}, {@code spi}.
 */
@NullMarked
package io.tokenguard.internal.jose;

import org.jspecify.annotations.NullMarked;

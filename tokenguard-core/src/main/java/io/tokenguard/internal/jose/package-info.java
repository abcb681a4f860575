/**
 * The only room that touches jose4j, behind strict readers of its own.
 *
 * <p>Comes in: text and bytes from outside. Goes out: base64url bytes, JSON values, verification keys, verdicts on signatures. Refused here: what breaks the grammar of RFC 4648, RFC 8259 or RFC 7517, and weak keys. Specifications: RFC 7515, RFC 7517, RFC 7518, RFC 8037, RFC 9864. Knows: {@code access}, {@code spi}.
 */
@NullMarked
package io.tokenguard.internal.jose;

import org.jspecify.annotations.NullMarked;

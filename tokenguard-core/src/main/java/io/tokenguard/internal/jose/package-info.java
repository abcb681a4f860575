/**
 * The only package that uses jose4j, behind strict readers.
 *
 * <p>In: text and bytes from outside. Out: base64url bytes, JSON values, verification keys, results of signature
 * verification. Refuses: what breaks the grammar of RFC 4648, RFC 8259 or RFC 7517, and weak keys. Specifications: RFC 7515,
 * RFC 7516, RFC 7517, RFC 7518, RFC 8037, RFC 9864, RFC 9964. Uses: {@code access}, {@code spi}.
 *
 * <p>jose4j converts between JWK and keys, computes thumbprints, converts ECDSA signatures to DER, decrypts the parts of encrypted tokens, and signs client
 * assertions. It never sees the header or the claims of a token as text, selects no key and no algorithm, and verifies no
 * signature: its JSON reader, base64 decoder and signature checks accept more than the specifications (such as duplicate members and
 * unused bits), so these parts are written here. In tests jose4j gives a second opinion on every token of the attack catalogue and of
 * real issuers; {@code second-opinion.txt} lists each difference with its reason.
 */
@NullMarked
package io.tokenguard.internal.jose;

import org.jspecify.annotations.NullMarked;

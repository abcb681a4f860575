/**
 * Holds the keys of the issuers and keeps them fresh.
 *
 * <p>Comes in: key set documents from the network, from files, from code. Goes out: the one key for a token. Refused here: unknown, ambiguous, unusable and refused keys; tokens while no key is known. Specifications: RFC 7517, RFC 8414, OpenID Connect Discovery 1.0. Knows: {@code access}, {@code spi}, {@code jose}.
 */
@NullMarked
package io.tokenguard.internal.keys;

import org.jspecify.annotations.NullMarked;

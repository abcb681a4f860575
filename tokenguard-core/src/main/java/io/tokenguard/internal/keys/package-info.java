/**
 * Holds the issuers' keys and refreshes them.
 *
 * <p>In: key sets from the network, from files, from code. Out: the one key for a token. Refuses: tokens with unknown,
 * ambiguous, unusable or rejected keys, and all tokens while no key is known. Specifications: RFC 7517, RFC 8414, OpenID
 * Connect Discovery 1.0. Uses: {@code access}, {@code spi}, {@code jose}.
 */
@NullMarked
package io.tokenguard.internal.keys;

import org.jspecify.annotations.NullMarked;

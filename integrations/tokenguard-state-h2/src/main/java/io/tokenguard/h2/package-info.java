/**
 * State of one node that survives restarts, in an H2 database in a folder.
 *
 * <p>In: a {@code file:} address. Out: {@link io.tokenguard.spi.SharedState}. Anyone who can write to the folder can revoke,
 * and can take revocations back.
 */
@NullMarked
package io.tokenguard.h2;

import org.jspecify.annotations.NullMarked;

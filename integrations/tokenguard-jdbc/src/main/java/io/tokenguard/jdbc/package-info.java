/**
 * Revocations, key bans, used proofs, received event tokens and the nonce secret in a relational database.
 *
 * <p>In: a {@link javax.sql.DataSource} or a JDBC address. Out: {@link io.tokenguard.spi.SharedState}. Anyone who can write
 * to the tables can revoke and can have requests refused; no row of them lets a request through. Specifications: RFC 9449
 * §8, §11.1.
 */
@NullMarked
package io.tokenguard.jdbc;

import org.jspecify.annotations.NullMarked;

/**
 * The attack catalogue as data: what is sent, and what has to come of it.
 *
 * <p>{@link io.tokenguard.attacks.AttackCatalogue} lists the rows, a row its attacks, and an attack is a script that ends
 * in one request. A test brings the door through which the request is sent: the library's front door, a servlet filter, a
 * server. Reasons are named by text, so that this module knows nothing of the library under test.
 */
@NullMarked
package io.tokenguard.attacks;

import org.jspecify.annotations.NullMarked;

/**
 * What the stores of shared state have in common: when requests stop asking a store, which proofs may be sent again, what a store
 * may have lost, and when rejected revocations are tried again. Knows no protocol and no driver.
 */
@NullMarked
package io.tokenguard.internal.store;

import org.jspecify.annotations.NullMarked;

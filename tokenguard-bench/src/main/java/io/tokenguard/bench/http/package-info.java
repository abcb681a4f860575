/** Whole requests over loopback: one servlet, guarded by one of several, and a client that costs little. */
@NullMarked
package io.tokenguard.bench.http;

import org.jspecify.annotations.NullMarked;

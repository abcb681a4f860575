/** Counts requests and bad tokens in token buckets, for {@code tokenguard.limits} and {@code tokenguard.brake.mode}. */
@NullMarked
package io.tokenguard.gateway;

import org.jspecify.annotations.NullMarked;

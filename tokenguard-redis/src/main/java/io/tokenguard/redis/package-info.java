/** Revocations and replay memory shared by many nodes. */
@NullMarked
package io.tokenguard.redis;

import org.jspecify.annotations.NullMarked;

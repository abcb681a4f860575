/** Tokens to measure with: minted in this process, many and quickly, good ones and such as must be refused. */
@NullMarked
package io.tokenguard.bench.token;

import org.jspecify.annotations.NullMarked;

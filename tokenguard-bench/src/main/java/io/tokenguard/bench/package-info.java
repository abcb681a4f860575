/** One class per question about speed, with the peers in the same run. */
@NullMarked
package io.tokenguard.bench;

import org.jspecify.annotations.NullMarked;

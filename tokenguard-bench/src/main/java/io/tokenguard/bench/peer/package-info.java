/** Libraries that validate a token in full, each behind one method; none is measured that lets a bad token pass. */
@NullMarked
package io.tokenguard.bench.peer;

import org.jspecify.annotations.NullMarked;

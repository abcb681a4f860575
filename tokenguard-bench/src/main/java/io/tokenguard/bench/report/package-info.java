/** From what was measured to tables and charts. */
@NullMarked
package io.tokenguard.bench.report;

import org.jspecify.annotations.NullMarked;

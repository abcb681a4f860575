/** One program that shows what TokenGuard does. */
@NullMarked
package io.tokenguard.examples.quickstart;

import org.jspecify.annotations.NullMarked;

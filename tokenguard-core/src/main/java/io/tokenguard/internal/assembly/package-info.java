/**
 * Makes policies out of settings and wires the decision pipeline: the only package that knows both.
 *
 * <p>In: settings. Out: a pipeline. Refuses: settings that are wrong or contradict each other. Uses: every package but the
 * root package.
 */
@NullMarked
package io.tokenguard.internal.assembly;

import org.jspecify.annotations.NullMarked;

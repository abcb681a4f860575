/** A server of the Model Context Protocol with one tool, guarded by TokenGuard's preset for such servers. */
@NullMarked
package io.tokenguard.examples.mcp;

import org.jspecify.annotations.NullMarked;

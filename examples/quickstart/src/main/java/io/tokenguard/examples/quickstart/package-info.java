/** One program that shows what TokenGuard does: a server with guarded paths, and an issuer to try them with. */
@NullMarked
package io.tokenguard.examples.quickstart;

import org.jspecify.annotations.NullMarked;

/** A native cryptographic provider on the class path, named by the system property {@code test.native}. */
@NullMarked
package io.tokenguard.natives;

import org.jspecify.annotations.NullMarked;

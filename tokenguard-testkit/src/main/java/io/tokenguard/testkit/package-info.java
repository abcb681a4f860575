/** An embeddable issuer for tests and demos. */
@NullMarked
package io.tokenguard.testkit;

import org.jspecify.annotations.NullMarked;

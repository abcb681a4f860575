/** words */
@NullMarked
package io.tokenguard.access;

import org.jspecify.annotations.NullMarked;

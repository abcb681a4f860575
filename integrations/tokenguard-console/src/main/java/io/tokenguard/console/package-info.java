/**
 * A console for operators: a page without content, and an interface in JSON that the guard protects like any other resource.
 * {@code docs/console.md} describes both.
 */
@NullMarked
package io.tokenguard.console;

import org.jspecify.annotations.NullMarked;

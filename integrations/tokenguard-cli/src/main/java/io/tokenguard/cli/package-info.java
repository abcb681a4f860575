/**
 * The command line: one class per command. Reads a configuration as a server does, and asks the guard itself for decisions.
 *
 * <p>Has no module descriptor: it is a program of one jar, and uses internal packages of the core of its own version.
 */
@NullMarked
package io.tokenguard.cli;

import org.jspecify.annotations.NullMarked;

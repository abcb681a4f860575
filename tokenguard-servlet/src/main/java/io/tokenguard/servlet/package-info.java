/** Puts TokenGuard in front of a Jakarta Servlet application. */
@NullMarked
package io.tokenguard.servlet;

import org.jspecify.annotations.NullMarked;

/**
 * Protects Spring MVC applications on Spring Boot 3.5 and 4 with TokenGuard.
 *
 * <p>In: beans, properties of Spring's environment and annotations of controllers. Out: a guard, and its filter. Decides:
 * nothing; finds which requirement a handler has. Uses: {@code io.tokenguard}, {@code io.tokenguard.access} and {@code
 * io.tokenguard.servlet}.
 */
@NullMarked
package io.tokenguard.spring;

import org.jspecify.annotations.NullMarked;

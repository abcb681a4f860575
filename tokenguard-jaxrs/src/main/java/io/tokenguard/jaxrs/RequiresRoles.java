package io.tokenguard.jaxrs;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Demands roles of the access token, as its issuer was configured to state them; compared to the letter. At least one has
 * to be named, or the application does not start. On a class it speaks for the methods that state no rule of their own; see
 * {@link TokenGuardFeature} for what holds where several types state rules. To demand any of several roles,
 * {@link jakarta.annotation.security.RolesAllowed} says the same as {@link #anyOf}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface RequiresRoles {
    /** Roles that the token must state, all of them. */
    String[] value() default {};

    /** Roles of which the token must state at least one, beside those of {@link #value}. */
    String[] anyOf() default {};
}

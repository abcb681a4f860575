package io.tokenguard.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Requires roles in the access token, as configured for its issuer; compared exactly. At least one must be named, or the
 * application does not start. On a class, it applies to the methods without requirements of their own. May be
 * used in composed annotations.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface RequiresRoles {
    /** Roles that the token must contain, all of them. */
    String[] value() default {};

    /** Roles of which the token must contain at least one, in addition to those of {@link #value}. */
    String[] anyOf() default {};
}

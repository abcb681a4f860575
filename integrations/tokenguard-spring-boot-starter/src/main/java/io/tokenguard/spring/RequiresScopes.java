package io.tokenguard.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Requires scopes of the access token (RFC 6750 §3.1), compared exactly. At least one must be named, or the application does
 * not start. On a class, it applies to the methods without requirements of their own. May be
 * used in composed annotations.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface RequiresScopes {
    /** Scopes that the token must grant, all of them; each by the grammar of RFC 6749 §3.3. */
    String[] value() default {};

    /** Scopes of which the token must grant at least one, in addition to those of {@link #value}. */
    String[] anyOf() default {};
}

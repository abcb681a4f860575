package io.tokenguard.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Requires that the user authenticated strongly or recently enough (RFC 9470). A valid token without such an authentication
 * gets a challenge that states what to request from the issuer. At least one of the two must be set, or the application does
 * not start. On a class, it applies to the methods without requirements of their own. May be
 * used in composed annotations.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface RequiresAuthentication {
    /** Accepted values of {@code acr}, the preferred one first. */
    String[] acr() default {};

    /** The greatest age of the authentication, in seconds. Default: any age. */
    long maxAge() default ANY_AGE;

    /** The value of {@link #maxAge} for any age. */
    long ANY_AGE = -1;
}

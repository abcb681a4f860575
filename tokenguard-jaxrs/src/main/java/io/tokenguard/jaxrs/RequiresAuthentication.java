package io.tokenguard.jaxrs;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Requires that the user authenticated strongly or recently enough (RFC 9470). A valid token without such an authentication
 * gets a challenge that states what to request from the issuer. At least one of the two must be set, or the application does
 * not start. On a class, it applies to the methods without rules of their own; see {@link TokenGuardFeature} for rules on
 * several types.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface RequiresAuthentication {
    /** Accepted values of {@code acr}, the preferred one first. */
    String[] acr() default {};

    /** The greatest age of the authentication, in seconds. Default: any age. */
    long maxAge() default NO_MATTER;

    /** The value of {@link #maxAge} for any age. */
    long NO_MATTER = -1;
}

package io.tokenguard.jaxrs;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Demands that the user has authenticated strongly or recently enough (RFC 9470); a good token that does not show it is
 * answered with what to ask the issuer for. At least one of both has to be named, or the application does not start. On a
 * class it speaks for the methods that state no rule of their own; see {@link TokenGuardFeature} for what holds where several
 * types state rules.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface RequiresAuthentication {
    /** Values of {@code acr} of which one will do, the preferred one first. */
    String[] acr() default {};

    /** The greatest age of the authentication, in seconds; no matter how old where it is not named. */
    long maxAge() default NO_MATTER;

    /** The value of {@link #maxAge} that demands nothing. */
    long NO_MATTER = -1;
}

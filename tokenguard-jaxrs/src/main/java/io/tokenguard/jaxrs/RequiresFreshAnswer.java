package io.tokenguard.jaxrs;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Demands a token of which its issuer says, for this very request, that it is active (RFC 7662 §4). On a class it speaks for
 * the methods that state no rule of their own; see {@link TokenGuardFeature} for what holds where several types state rules.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface RequiresFreshAnswer {}

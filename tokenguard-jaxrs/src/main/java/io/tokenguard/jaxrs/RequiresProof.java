package io.tokenguard.jaxrs;

import io.tokenguard.access.Binding;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Demands a token that its sender has proven to hold (RFC 9449, RFC 8705); bearer tokens are refused. On a class it speaks
 * for the methods that state no rule of their own; see {@link TokenGuardFeature} for what holds where several types state
 * rules.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface RequiresProof {
    /** The ways that will do; any where none is named. */
    Binding[] value() default {};
}

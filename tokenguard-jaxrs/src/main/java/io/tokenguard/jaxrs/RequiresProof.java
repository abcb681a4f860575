package io.tokenguard.jaxrs;

import io.tokenguard.access.Confirmation.Binding;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Requires a sender-constrained token with proof of possession (RFC 9449, RFC 8705); bearer tokens are refused. On a class,
 * it applies to the methods without rules of their own; see {@link TokenGuardFeature} for rules on several types.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface RequiresProof {
    /** The accepted bindings. Default: any. */
    Binding[] value() default {};
}

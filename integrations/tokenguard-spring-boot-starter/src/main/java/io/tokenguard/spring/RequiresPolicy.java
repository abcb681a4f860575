package io.tokenguard.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Requires conditions of claims, the client's network, the time and the like, in the notation of rules ({@code
 * docs/policies.md}), such as {@code claim tenant = path:tenant and from 10.0.0.0/8}. If it is malformed, the application does
 * not start. {@code public} and {@code deny} are not allowed. On a class, it applies to the methods without rules of their own; see {@code docs/spring-boot.md} for rules on
 * several types.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface RequiresPolicy {
    /** The conditions, as {@code AccessRequirement.parse} reads them. {@code path:name} is a path parameter of the method. */
    String value();
}

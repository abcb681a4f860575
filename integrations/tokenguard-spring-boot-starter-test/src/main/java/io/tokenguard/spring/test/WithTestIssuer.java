package io.tokenguard.spring.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Starts a {@link io.tokenguard.testkit.TestIssuer} for the application of a test, before its context starts, and sets {@code
 * tokenguard.issuer-uri} to it. The issuer is a bean, to be injected into the test, and is closed with the context.
 *
 * <p>Its tokens have the application's {@code tokenguard.audiences}; where none are set, {@code https://api.example.com} becomes
 * the audience of both. An address of the key set that is configured is replaced too. The test needs no network beyond this
 * machine. Tests with the same configuration share the context, and so the issuer.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface WithTestIssuer {
    /**
     * The property that is set to the issuer's identifier, for applications with several issuers, such as {@code
     * tokenguard.issuers.main.issuer-uri}.
     */
    String property() default "tokenguard.issuer-uri";
}

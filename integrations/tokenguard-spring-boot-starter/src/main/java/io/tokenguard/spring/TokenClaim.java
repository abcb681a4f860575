package io.tokenguard.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A parameter of a handler method that gets a claim of the request's access token: a {@code String}, {@code Long}, {@code
 * Boolean}, {@code BigDecimal}, {@code Instant} (of a NumericDate, RFC 7519 §2), {@code List<String>}, {@code Map} or {@code
 * Object}; each may be an {@code Optional}. A claim that is absent, or of another type, is {@code null} or empty; on a public route
 * so is every claim. Another type stops the start.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
public @interface TokenClaim {
    /** The claim's name, such as {@code sub}. */
    String value();
}

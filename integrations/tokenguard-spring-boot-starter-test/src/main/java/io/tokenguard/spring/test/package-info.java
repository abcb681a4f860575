/**
 * Tests of Spring MVC applications that TokenGuard protects, on Spring Boot 3.5 and 4: requests of MockMvc with a token that nobody
 * has signed, and an issuer that signs real ones.
 *
 * <p>Nothing here makes a request over HTTP pass: tokens without a signature are attributes of {@code MockHttpServletRequest} only.
 */
@NullMarked
package io.tokenguard.spring.test;

import org.jspecify.annotations.NullMarked;

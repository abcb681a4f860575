package io.tokenguard.springtest;

import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;

/** The annotation that Spring Boot 3 and 4 have in different packages. */
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@WebMvcTest(OrdersApplication.Orders.class)
@interface WithMvcSlice {}

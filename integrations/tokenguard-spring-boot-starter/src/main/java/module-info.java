/** Protects Spring MVC applications on Spring Boot. */
module io.tokenguard.spring {
    requires transitive io.tokenguard;
    requires transitive io.tokenguard.servlet;
    requires jakarta.annotation;
    requires jakarta.servlet;
    requires org.slf4j;
    requires spring.aop;
    requires spring.beans;
    requires spring.boot;
    requires spring.boot.autoconfigure;
    requires spring.context;
    requires spring.core;
    requires spring.web;
    requires spring.webmvc;
    requires static io.tokenguard.micrometer;
    requires static org.jspecify;
    requires static spring.boot.actuator;
    requires static spring.boot.actuator.autoconfigure;
    requires static spring.boot.health;
    requires static spring.security.config;
    requires static spring.security.core;
    requires static spring.security.web;

    exports io.tokenguard.spring;

    // Spring creates beans by reflection.
    opens io.tokenguard.spring;
}

/** Tests of Spring MVC applications that TokenGuard protects. */
module io.tokenguard.spring.test {
    requires transitive io.tokenguard;
    requires transitive io.tokenguard.testkit;
    requires transitive spring.test;
    requires io.tokenguard.spring;
    requires jakarta.servlet;
    requires spring.beans;
    requires spring.boot;
    requires spring.boot.autoconfigure;
    requires spring.context;
    requires spring.core;
    requires spring.web;
    requires static org.jspecify;

    exports io.tokenguard.spring.test;

    // Spring creates beans by reflection.
    opens io.tokenguard.spring.test;
}

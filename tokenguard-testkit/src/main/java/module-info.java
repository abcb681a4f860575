/**
 * An embeddable issuer for tests and demos; it does not depend on the library under test.
 *
 * <p>JUnit is needed only by those who use the extension. It is not required transitively: a module that has no JUnit
 * could not be compiled then.
 */
module io.tokenguard.testkit {
    requires transitive java.net.http;
    requires jdk.httpserver;
    requires org.jose4j;
    requires static org.jspecify;
    requires static org.junit.jupiter.api;

    uses java.security.Provider;

    exports io.tokenguard.testkit;
}

/** An embeddable issuer for tests and demos; it does not depend on the library under test. */
module io.tokenguard.testkit {
    requires jdk.httpserver;
    requires org.jose4j;
    requires static transitive org.jspecify;
    requires static transitive org.junit.jupiter.api;

    exports io.tokenguard.testkit;
}

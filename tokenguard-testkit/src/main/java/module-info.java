/** An embeddable issuer for tests and demos; it does not depend on the library under test. */
module io.tokenguard.testkit {
    requires org.jose4j;
    requires static org.jspecify;

}

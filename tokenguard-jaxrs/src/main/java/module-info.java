/** Jakarta REST annotations over TokenGuard. */
module io.tokenguard.jaxrs {
    requires transitive io.tokenguard;
    requires transitive jakarta.ws.rs;
    requires jakarta.annotation;
    requires org.slf4j;
    requires static jakarta.servlet;
    requires static org.glassfish.hk2.api;
    requires static org.jspecify;

    exports io.tokenguard.jaxrs;

    // A runtime of Jakarta REST fills what is marked with @Context.
    opens io.tokenguard.jaxrs;
}

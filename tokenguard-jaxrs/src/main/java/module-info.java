/** Jakarta REST annotations for TokenGuard. */
module io.tokenguard.jaxrs {
    requires transitive io.tokenguard;
    requires transitive jakarta.ws.rs;
    requires jakarta.annotation;
    requires org.slf4j;
    requires static jakarta.servlet;
    requires static org.glassfish.hk2.api;
    requires static org.jspecify;

    exports io.tokenguard.jaxrs;

    // Runtimes of Jakarta REST inject @Context into its classes.
    opens io.tokenguard.jaxrs;
}

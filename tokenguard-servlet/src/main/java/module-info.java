/** A Jakarta Servlet filter that uses TokenGuard. */
module io.tokenguard.servlet {
    requires transitive io.tokenguard;
    requires transitive jakarta.servlet;
    requires java.xml;
    requires org.slf4j;
    requires static jakarta.websocket.client;
    requires static org.jspecify;

    exports io.tokenguard.servlet;
}

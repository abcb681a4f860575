/** Gives outgoing requests their tokens. */
module io.tokenguard.downstream {
    requires transitive io.tokenguard;
    requires transitive java.net.http;
    requires com.github.benmanes.caffeine;
    requires static transitive jakarta.ws.rs;
    requires static transitive spring.web;
    requires static org.jspecify;

    exports io.tokenguard.downstream;
}

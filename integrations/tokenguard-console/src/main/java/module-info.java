/** A page and an interface for operators of a guard. */
module io.tokenguard.console {
    requires transitive io.tokenguard.servlet;
    requires org.slf4j;
    requires static org.jspecify;

    exports io.tokenguard.console;

    provides io.tokenguard.servlet.FilterEndpoint with
            io.tokenguard.console.ConsoleEndpoint;
}

/** A page and an interface for operators of a guard. */
module io.tokenguard.console {
    requires transitive io.tokenguard;
    requires org.slf4j;
    requires static org.jspecify;

    exports io.tokenguard.console;

    provides io.tokenguard.TokenGuard.Console.Provider with
            io.tokenguard.console.ConsoleProvider;
}

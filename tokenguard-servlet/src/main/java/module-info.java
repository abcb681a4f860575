/** A Jakarta Servlet filter over TokenGuard. */
module io.tokenguard.servlet {
    requires transitive io.tokenguard;
    requires static org.jspecify;
}

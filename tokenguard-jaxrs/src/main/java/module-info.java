/** Jakarta REST annotations over TokenGuard. */
module io.tokenguard.jaxrs {
    requires transitive io.tokenguard;
    requires static org.jspecify;
}

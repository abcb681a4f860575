/** Decides whether an access token is good for a request. */
module io.tokenguard {
    requires org.jose4j;
    requires static org.jspecify;
}

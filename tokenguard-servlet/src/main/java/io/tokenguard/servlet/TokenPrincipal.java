package io.tokenguard.servlet;

import io.tokenguard.access.AccessToken;
import java.security.Principal;

/** The subject of a token. Not serializable, so that no identity can be deserialized. */
record TokenPrincipal(AccessToken token) implements Principal {
    @Override
    public String getName() {
        return token.subject().or(token::clientId).orElse("");
    }

    /** Does not contain the identity, so that it can't reach a log by accident. */
    @Override
    public String toString() {
        return "TokenPrincipal[not shown]";
    }
}

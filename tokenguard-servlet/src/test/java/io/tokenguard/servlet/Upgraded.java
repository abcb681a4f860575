package io.tokenguard.servlet;

import jakarta.servlet.http.HttpUpgradeHandler;
import jakarta.servlet.http.WebConnection;

/** Speaks another protocol, and has nothing to say in it. Public because containers make it. */
public final class Upgraded implements HttpUpgradeHandler {
    @Override
    public void init(WebConnection connection) {
        // The connection stays as it is until the client closes it.
    }

    @Override
    public void destroy() {
        // Nothing is held.
    }
}

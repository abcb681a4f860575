package io.tokenguard.testkit;

import java.net.URI;
import java.util.regex.Pattern;

/** Where an issuer lives: its identifier, and the places that follow from it. */
record IssuerAddress(String origin, String path) {
    private static final Pattern PATH = Pattern.compile("(/[A-Za-z0-9._~-]+)*/?");

    IssuerAddress {
        requirePath(path);
    }

    /** RFC 8414 §2: neither query nor fragment. */
    static String requirePath(String path) {
        if (!PATH.matcher(path).matches()) {
            throw new IllegalArgumentException("Not the path of an issuer identifier: '" + path + "'");
        }
        return path;
    }

    String issuer() {
        return origin() + path;
    }

    URI uriOf(TestEndpoint endpoint) {
        return URI.create(origin() + pathOf(endpoint));
    }

    /** RFC 8414 §3.1 and OpenID Connect Discovery §4 both drop the last slash of the issuer first. */
    String pathOf(TestEndpoint endpoint) {
        return endpoint.pathUnder(path.endsWith("/") ? path.substring(0, path.length() - 1) : path);
    }
}

package io.tokenguard.internal.request;

/** Where a request carries its token. */
public enum CredentialPlace {
    /** The Authorization field (RFC 6750 §2.1). */
    AUTHORIZATION(""),
    /** A field that a proxy added, in which the scheme may be missing. */
    PROXY_FIELD("field"),
    /** The subprotocols of a WebSocket (RFC 6455 §11.3.4). */
    SUBPROTOCOL("subprotocol"),
    /** A cookie. */
    COOKIE("cookie");

    private final String label;

    CredentialPlace(String label) {
        this.label = label;
    }

    /** The name in audit events; empty for the usual place. */
    public String label() {
        return label;
    }
}

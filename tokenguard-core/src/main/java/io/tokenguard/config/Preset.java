package io.tokenguard.config;

/** Settings that a specification asks for together. A guard says at start what a preset changes, and refuses to contradict it. */
public enum Preset {
    /**
     * What the Model Context Protocol asks of a server (Authorization, revision 2026-07-28): the API describes itself
     * (RFC 9728), every 401 names the scope, tokens are meant for this API's own address (RFC 8707) and sent over TLS, and
     * the application never sees them, so that it can't pass them on.
     */
    MCP("mcp"),
    /**
     * What the FAPI 2.0 Security Profile asks of a resource server (§5.3.3, §5.4): tokens and proofs are signed by PS256, ES256
     * or EdDSA, every token is bound to its sender by DPoP or mutual TLS, somebody tells which tokens are revoked and what
     * can't be told is refused, and keys serve through an outage of 15 minutes at most.
     */
    FAPI2("fapi2");

    private final String settingName;

    Preset(String settingName) {
        this.settingName = settingName;
    }

    /** Its name in properties. */
    public String settingName() {
        return settingName;
    }
}

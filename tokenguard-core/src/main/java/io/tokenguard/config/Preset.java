package io.tokenguard.config;

/**
 * Settings that a specification requires together. A guard logs at start what a preset changes; contradicting settings fail the
 * start.
 */
public enum Preset {
    /**
     * The requirements of the Model Context Protocol for servers (Authorization, revision 2026-07-28): the API has metadata
     * (RFC 9728), every 401 names the scope, tokens have this API's own address as audience (RFC 8707) and are sent over TLS,
     * and they are hidden from the application, so that it can't pass them on.
     */
    MCP("mcp"),
    /**
     * The requirements of the FAPI 2.0 Security Profile for resource servers (§5.3.3, §5.4): tokens and proofs use PS256, ES256
     * or EdDSA; every token is sender-constrained by DPoP or mutual TLS; revocations are checked and fail closed; keys are used
     * for at most 15 minutes after their last load.
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

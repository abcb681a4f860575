package io.tokenguard.config;

/**
 * Settings that a specification requires together. A guard logs at start what a preset changes; contradicting settings fail.
 */
public enum Preset {
    /**
     * The requirements of the Model Context Protocol for servers (Authorization, revision 2026-07-28): the API has metadata
     * (RFC 9728), every 401 names the scope, tokens have this API's own address as audience (RFC 8707) and are sent over TLS,
     * and the application can't see them, so that it can't pass them on.
     */
    MCP("mcp"),
    /**
     * The requirements of the FAPI 2.0 Security Profile for resource servers (§5.3.3, §5.4): tokens and proofs have the
     * algorithm PS256, ES256 or EdDSA; every token is bound to its sender by DPoP or mutual TLS; revocations are checked, and
     * tokens refused if they can't be; keys are used for at most 15 minutes after their last load.
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

package io.tokenguard;

/** Settings that a specification asks for together. A guard says at start what a preset changes, and refuses to contradict it. */
public enum Preset {
    /**
     * What the Model Context Protocol asks of a server (Authorization, revision 2026-07-28): the API describes itself
     * (RFC 9728), every 401 names the scope, tokens are meant for this API's own address (RFC 8707) and sent over TLS, and
     * the application never sees them, so that it can't pass them on.
     */
    MCP("mcp");

    private final String settingName;

    Preset(String settingName) {
        this.settingName = settingName;
    }

    /** Its name in properties. */
    public String settingName() {
        return settingName;
    }
}

package io.tokenguard.config;

/** Which tokens are introspected (RFC 7662). */
public enum IntrospectionMode {
    /** Opaque tokens only; signed tokens are validated locally. */
    OPAQUE_ONLY("opaque-only"),
    /** All tokens: signed tokens are validated locally and introspected too. */
    ALWAYS("always");

    private final String settingName;

    IntrospectionMode(String settingName) {
        this.settingName = settingName;
    }

    /** What it is called in properties. */
    public String settingName() {
        return settingName;
    }
}

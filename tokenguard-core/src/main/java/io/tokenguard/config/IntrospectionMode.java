package io.tokenguard.config;

/** Which tokens an issuer is asked about (RFC 7662). */
public enum IntrospectionMode {
    /** Those that nobody but the issuer can read; signed tokens are judged here. */
    OPAQUE_ONLY("opaque-only"),
    /** All of them: signed tokens are judged here and asked about too. */
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

package io.tokenguard.internal.keys;

/**
 * What is set about how an issuer is reached, so that advice does not name a setting that is set already.
 *
 * @param keyPrefix the prefix of the issuer's properties
 * @param trust the setting that names the trusted authorities; empty for those of the platform
 * @param hasClientKeys whether a client certificate is set
 * @param withheld the setting of the credentials that are not sent, because the configuration does not name the host; empty if
 *     there are none
 */
public record ReachSettings(String keyPrefix, String trust, boolean hasClientKeys, String withheld) {
    /** Nothing is set. */
    static final ReachSettings NONE = new ReachSettings("tokenguard.", "", false, "");

    /** Settings whose credentials are sent. */
    public ReachSettings(String keyPrefix, String trust, boolean hasClientKeys) {
        this(keyPrefix, trust, hasClientKeys, "");
    }

    /** The full name of a setting. */
    String key(String name) {
        return keyPrefix + name;
    }

    ReachSettings withholding(String setting) {
        return new ReachSettings(keyPrefix, trust, hasClientKeys, setting);
    }
}

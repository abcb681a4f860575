package io.tokenguard.access;

/** A setting that is wrong, contradicts another one or is not known. Thrown at start, never while requests are served. */
public final class ConfigurationException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String key;
    private final String mend;

    private ConfigurationException(String key, String state, String mend) {
        super(key + state + ": " + mend);
        this.key = key;
        this.mend = mend;
    }

    /**
     * Refuses one setting.
     *
     * @param key the property, or the builder's method, that was set
     * @param value what it was set to; for a secret, say what kind of thing it was instead
     * @param mend what to set instead, as the rest of a sentence
     */
    public static ConfigurationException of(String key, Object value, String mend) {
        return new ConfigurationException(key, " is '" + value + "'", mend);
    }

    /**
     * Refuses because a setting is missing.
     *
     * @param key the property, or the builder's method, that was not set
     * @param mend what to set, as the rest of a sentence
     */
    public static ConfigurationException missing(String key, String mend) {
        return new ConfigurationException(key, " is not set", mend);
    }

    /** The setting to change. */
    public String key() {
        return key;
    }

    /** What to set instead. */
    public String mend() {
        return mend;
    }
}

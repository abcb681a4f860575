package io.tokenguard.access;

/** Signals an invalid, contradictory or unknown setting. Thrown when a guard is built or reconfigured, never by a decision. */
public final class ConfigurationException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String key;
    private final String remedy;

    private ConfigurationException(String key, String state, String remedy) {
        super(key + state + ": " + remedy);
        this.key = key;
        this.remedy = remedy;
    }

    /**
     * Rejects the value of a setting. The message shows the value, except values of secrets and the user info of addresses.
     *
     * @param key the property, or the builder's method, that was set
     * @param value what it was set to
     * @param remedy what to set instead, as the rest of a sentence; must not contain the value
     */
    public static ConfigurationException of(String key, Object value, String remedy) {
        return new ConfigurationException(key, " is '" + ShownValue.of(key, value.toString()) + "'", remedy);
    }

    /**
     * Rejects an unknown key. The message does not show its value, which may be a secret.
     *
     * @param key the property that was set
     * @param nearest the known key that is most similar; empty if none is similar
     */
    public static ConfigurationException unknown(String key, String nearest) {
        return new ConfigurationException(
                key,
                " (value not shown)",
                "there is no such key" + (nearest.isEmpty() ? "" : "; did you mean " + nearest + "?"));
    }

    /**
     * Rejects a setting for a reason other than its value. The message does not show the value.
     *
     * @param key the property or other setting
     * @param problem what is wrong about it, as the rest of a sentence, such as {@code is set twice}
     * @param remedy what to set instead, as the rest of a sentence
     */
    public static ConfigurationException because(String key, String problem, String remedy) {
        return new ConfigurationException(key, " " + problem, remedy);
    }

    /**
     * Reports a missing setting.
     *
     * @param key the property, or the builder's method, that was not set
     * @param remedy what to set, as the rest of a sentence
     */
    public static ConfigurationException missing(String key, String remedy) {
        return new ConfigurationException(key, " is not set", remedy);
    }

    /** The setting to change. */
    public String key() {
        return key;
    }

    /** What to set instead. */
    public String remedy() {
        return remedy;
    }
}

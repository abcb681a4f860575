package io.tokenguard.access;

/** A setting that is wrong, contradicts another one or is not known. Thrown at start, never while requests are served. */
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
     * Refuses one setting. The message shows the value, but neither that of a key for secrets nor the user info of an
     * address.
     *
     * @param key the property, or the builder's method, that was set
     * @param value what it was set to
     * @param remedy what to set instead, as the rest of a sentence; without anything of the value
     */
    public static ConfigurationException of(String key, Object value, String remedy) {
        return new ConfigurationException(key, " is '" + ShownValue.of(key, value.toString()) + "'", remedy);
    }

    /**
     * Refuses a key that is not known. The message does not show its value, which may be a secret.
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
     * Refuses for another reason than a value, which the message does not show.
     *
     * @param key the property, or what else was set
     * @param problem what is wrong about it, as the rest of a sentence, such as {@code is set twice}
     * @param remedy what to set instead, as the rest of a sentence
     */
    public static ConfigurationException because(String key, String problem, String remedy) {
        return new ConfigurationException(key, " " + problem, remedy);
    }

    /**
     * Refuses because a setting is missing.
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

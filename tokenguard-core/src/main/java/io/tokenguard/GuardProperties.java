package io.tokenguard;

import io.tokenguard.access.ConfigurationException;
import io.tokenguard.internal.properties.PropertyReader;
import io.tokenguard.internal.properties.PropertySources;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The settings of a guard as properties. Each has the same effect as the method of {@link TokenGuardBuilder} or {@link
 * TrustedIssuerBuilder} of its name; {@code docs/configuration.md} lists them. Immutable.
 */
public final class GuardProperties {
    private final Map<String, String> properties;

    private GuardProperties(Map<String, String> properties) {
        this.properties = new TreeMap<>(properties);
    }

    /** Reads the properties of the application and its environment: {@link #load(Map)} without parameters. */
    public static GuardProperties load() {
        return load(Map.of());
    }

    /**
     * Reads properties from these sources; a later one overrides an earlier one: {@code tokenguard.properties} on the class
     * path; the file that the system property {@code tokenguard.config} or, without it, the environment variable {@code
     * TOKENGUARD_CONFIG} names; parameters, such as those of a filter; environment variables; system properties.
     *
     * @param parameters properties of one deployment
     * @throws ConfigurationException if a named file can't be read or sets a key twice, or if an environment variable begins
     *     with {@code TOKENGUARD_} and matches no key
     */
    public static GuardProperties load(Map<String, String> parameters) {
        Map<String, String> system = PropertySources.textsOf(System.getProperties());
        Map<String, String> all = new HashMap<>(PropertySources.classPath());
        all.putAll(PropertySources.configuredFile(system, System.getenv()));
        all.putAll(PropertySources.ours(parameters));
        return new GuardProperties(all).withEnvironment(System.getenv(), system);
    }

    /**
     * Reads one file.
     *
     * @param file properties in UTF-8; keys that do not start with {@code tokenguard.} are ignored
     * @throws ConfigurationException if it can't be read, or sets a key twice
     */
    public static GuardProperties read(Path file) {
        return new GuardProperties(PropertySources.file("configuration file", file));
    }

    /** Uses only these properties; keys that do not start with {@code tokenguard.} are ignored. */
    public static GuardProperties of(Map<String, String> properties) {
        return new GuardProperties(PropertySources.ours(properties));
    }

    /**
     * These properties, with defaults for those that are not set; keys that do not start with {@code tokenguard.} are
     * ignored.
     */
    public GuardProperties withDefaults(Map<String, String> defaults) {
        Map<String, String> all = new HashMap<>(PropertySources.ours(defaults));
        all.putAll(properties);
        return new GuardProperties(all);
    }

    /** These properties, with others as defaults for those that are not set. */
    public GuardProperties withDefaults(GuardProperties defaults) {
        return withDefaults(defaults.properties);
    }

    /**
     * These properties, overridden by the environment variables and then by the system properties.
     *
     * @throws ConfigurationException if an environment variable begins with {@code TOKENGUARD_} and matches no key
     */
    public GuardProperties withEnvironment() {
        return withEnvironment(System.getenv(), PropertySources.textsOf(System.getProperties()));
    }

    /**
     * These properties, overridden by environment variables and then by system properties that the caller has read, such as
     * without those that others know.
     *
     * @param environment environment variables by name
     * @param system system properties by name; keys that do not start with {@code tokenguard.} are ignored
     * @throws ConfigurationException if an environment variable begins with {@code TOKENGUARD_} and matches no key
     */
    public GuardProperties withEnvironment(Map<String, String> environment, Map<String, String> system) {
        Map<String, String> all = new HashMap<>(properties);
        all.putAll(PropertySources.environment(environment));
        all.putAll(PropertySources.ours(system));
        return new GuardProperties(all);
    }

    /**
     * A builder with these settings. Call {@code build()}, or add settings that only code can make.
     *
     * @throws ConfigurationException if a property is unknown, wrong, missing, or contradicts another
     */
    public TokenGuardBuilder toBuilder() {
        return new TokenGuardBuilder(new PropertyReader(properties).read());
    }
}

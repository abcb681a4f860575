package io.tokenguard;

import io.tokenguard.access.ConfigurationException;
import io.tokenguard.internal.properties.PropertyReader;
import io.tokenguard.internal.properties.PropertySources;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The settings of a guard as properties. Each says the same as its method of {@link TokenGuardBuilder} or
 * {@link TrustedIssuerBuilder}; {@code docs/configuration.md} lists them. Immutable.
 */
public final class GuardProperties {
    private final Map<String, String> properties;

    private GuardProperties(Map<String, String> properties) {
        this.properties = new TreeMap<>(properties);
    }

    /** Reads the properties of the application and its environment, as {@link #load(Map)} does without parameters. */
    public static GuardProperties load() {
        return load(Map.of());
    }

    /**
     * Reads, and lets the later win: {@code tokenguard.properties} on the class path; the file that the system property
     * {@code tokenguard.config}, or else the environment variable {@code TOKENGUARD_CONFIG}, names; parameters, such as
     * those of a filter; environment variables; system properties.
     *
     * @param parameters properties that belong to one deployment
     * @throws ConfigurationException if a file that is named can't be read or sets a key twice, or if an environment variable
     *     begins with {@code TOKENGUARD_} and stands for no key
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
     * @param file properties in UTF-8; keys that do not start with {@code tokenguard.} are left alone
     * @throws ConfigurationException if it can't be read, or sets a key twice
     */
    public static GuardProperties read(Path file) {
        return new GuardProperties(PropertySources.file("configuration file", file));
    }

    /** Takes just these; keys that do not start with {@code tokenguard.} are left alone. */
    public static GuardProperties of(Map<String, String> properties) {
        return new GuardProperties(PropertySources.ours(properties));
    }

    /** These properties, and where they say nothing, those; keys that do not start with {@code tokenguard.} are left alone. */
    public GuardProperties withDefaults(Map<String, String> defaults) {
        Map<String, String> all = new HashMap<>(PropertySources.ours(defaults));
        all.putAll(properties);
        return new GuardProperties(all);
    }

    /**
     * These properties, overridden by the environment variables and then by the system properties.
     *
     * @throws ConfigurationException if an environment variable begins with {@code TOKENGUARD_} and stands for no key
     */
    public GuardProperties withEnvironment() {
        return withEnvironment(System.getenv(), PropertySources.textsOf(System.getProperties()));
    }

    GuardProperties withEnvironment(Map<String, String> environment, Map<String, String> system) {
        Map<String, String> all = new HashMap<>(properties);
        all.putAll(PropertySources.environment(environment));
        all.putAll(PropertySources.ours(system));
        return new GuardProperties(all);
    }

    /**
     * A builder with these settings, for settings that only code can make; or call {@code build()} at once.
     *
     * @throws ConfigurationException if a property is unknown, wrong, missing, or contradicts another
     */
    public TokenGuardBuilder toBuilder() {
        return new TokenGuardBuilder(new PropertyReader(properties).read());
    }
}

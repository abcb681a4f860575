package io.tokenguard.cli;

import io.tokenguard.GuardProperties;
import io.tokenguard.TokenGuardBuilder;
import io.tokenguard.internal.properties.PropertyReader;
import io.tokenguard.internal.properties.PropertySources;
import io.tokenguard.internal.settings.GuardSettings;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * A configuration, from the same sources and with the same keys as that of a server.
 *
 * @param properties the properties of this library
 */
record Configuration(Map<String, String> properties) {
    private static final String STATE = "tokenguard.state.";
    private static final String REDIS = "tokenguard.revocation.redis-uri";
    private static final String SNAPSHOTS = "jwks.snapshot-folder";
    private static final String COOKIE = "tokenguard.cookie.";
    private static final String CREDENTIALS = "credentials.";

    /** Copies the properties. */
    Configuration {
        properties = new TreeMap<>(properties);
    }

    /**
     * Reads a configuration.
     *
     * @param file properties or YAML; empty for the file that the environment names
     * @param profiles active Spring profiles
     * @param environment overrides the file
     */
    static Configuration read(Optional<Path> file, List<String> profiles, Map<String, String> environment) {
        Map<String, String> all = new HashMap<>(file.map(path -> fileOf(path, profiles, environment))
                .orElseGet(() -> PropertySources.configuredFile(Map.of(), environment)));
        all.putAll(PropertySources.environment(environment));
        return new Configuration(all);
    }

    private static Map<String, String> fileOf(Path file, List<String> profiles, Map<String, String> environment) {
        String name = file.toString();
        return name.endsWith(".yml") || name.endsWith(".yaml")
                ? PropertySources.ours(new YamlProperties(profiles, environment).read(file))
                : PropertySources.file("--config", file);
    }

    /** The settings of a guard, complete. */
    TokenGuardBuilder builder() {
        return GuardProperties.of(properties).toBuilder();
    }

    /**
     * The same configuration for a guard in this process only. It opens no shared state, so that it uses up no proof and
     * writes nothing; writes no snapshots of keys; and takes a token from the usual header field.
     */
    Configuration local() {
        return without(key -> key.startsWith(STATE)
                || key.equals(REDIS)
                || key.endsWith(SNAPSHOTS)
                || key.startsWith(COOKIE)
                || key.contains("." + CREDENTIALS));
    }

    /**
     * The same configuration for checks: it opens no shared state, writes no snapshots of keys, and does not fail if an
     * issuer can't be reached.
     */
    Configuration checked() {
        return without(key -> key.startsWith(STATE)
                || key.equals(REDIS)
                || key.endsWith(SNAPSHOTS)
                || key.endsWith("jwks.fail-fast"));
    }

    /** The same configuration for a short-lived node: it writes no snapshots of keys, and starts without the issuers. */
    Configuration writing() {
        return without(key -> key.endsWith(SNAPSHOTS) || key.endsWith("jwks.fail-fast"));
    }

    /** All settings, not yet compared with each other. */
    GuardSettings settings() {
        return new PropertyReader(properties).read().build();
    }

    Configuration without(Predicate<String> keys) {
        Map<String, String> rest = new TreeMap<>(properties);
        rest.keySet().removeIf(keys);
        return new Configuration(rest);
    }

    /** The same configuration, with other values. */
    Configuration with(Map<String, String> changed) {
        Map<String, String> all = new TreeMap<>(properties);
        all.putAll(changed);
        return new Configuration(all);
    }

    /** The start of the keys of each issuer, such as {@code tokenguard.} or {@code tokenguard.issuers.main.} */
    List<String> issuerPrefixes() {
        List<String> named = properties.keySet().stream()
                .filter(key -> key.startsWith("tokenguard.issuers."))
                .map(key -> key.split("\\.", -1))
                .filter(parts -> parts.length > 3)
                .map(parts -> "tokenguard.issuers." + parts[2] + ".")
                .distinct()
                .toList();
        return named.isEmpty() ? List.of("tokenguard.") : named;
    }

    boolean hasSharedState() {
        return properties.keySet().stream().anyMatch(key -> key.startsWith(STATE) || key.equals(REDIS));
    }

    Optional<String> value(String key) {
        return Optional.ofNullable(properties.get(key));
    }

    /** Shows nothing: properties may be secrets. */
    @Override
    public String toString() {
        return "Configuration[not shown]";
    }
}

package io.tokenguard.internal.properties;

import io.tokenguard.access.ConfigurationException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The sources of properties. Each method returns only keys of this library. */
public final class PropertySources {
    static final String CONFIG_PROPERTY = "tokenguard.config";
    static final String CONFIG_VARIABLE = "TOKENGUARD_CONFIG";
    private static final String RESOURCE = "tokenguard.properties";

    private PropertySources() {}

    /** {@code tokenguard.properties} on the application's class path. */
    public static Map<String, String> classPath() {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        ClassLoader chosen = loader == null ? PropertySources.class.getClassLoader() : loader;
        try (InputStream resource = chosen.getResourceAsStream(RESOURCE)) {
            return resource == null ? Map.of() : read(new String(resource.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException unreadable) {
            throw ConfigurationException.of("class path", RESOURCE, "make it a readable properties file in UTF-8");
        }
    }

    /** The file that the system property or, without it, the environment variable names. */
    public static Map<String, String> configuredFile(Map<String, String> system, Map<String, String> environment) {
        @Nullable String property = system.get(CONFIG_PROPERTY);
        @Nullable String variable = environment.get(CONFIG_VARIABLE);
        if (property != null) {
            return file(CONFIG_PROPERTY, Path.of(property));
        }
        return variable == null ? Map.of() : file(CONFIG_VARIABLE, Path.of(variable));
    }

    public static Map<String, String> file(String key, Path file) {
        try {
            return read(Files.readString(file));
        } catch (IOException unreadable) {
            throw ConfigurationException.of(key, file, "name a readable properties file in UTF-8");
        }
    }

    /**
     * The properties in environment variables. Ignores variables that Kubernetes adds for a service whose name begins with
     * {@code tokenguard}.
     *
     * @throws ConfigurationException if a variable matches no known key, or two match the same one
     */
    public static Map<String, String> environment(Map<String, String> environment) {
        Map<String, String> properties = new HashMap<>();
        Map<String, String> variables = new TreeMap<>(environment);
        Map<String, String> earlier = new HashMap<>();
        variables.forEach((variable, value) -> PropertyKeys.ofEnvironment(variable)
                .filter(key -> !ServiceLink.matches(variable, value))
                .ifPresent(key -> {
                    PropertyKeys.requireKnown(variable, key);
                    @Nullable String other = earlier.put(key, variable);
                    if (other != null) {
                        throw ConfigurationException.because(
                                key,
                                "is set by the environment variables " + other + " and " + variable,
                                "unset one of them");
                    }
                    properties.put(key, value);
                }));
        return properties;
    }

    public static Map<String, String> ours(Map<String, String> properties) {
        Map<String, String> ours = new HashMap<>();
        properties.forEach((key, value) -> {
            if (key.startsWith(PropertyKeys.PREFIX) && !key.equals(CONFIG_PROPERTY)) {
                ours.put(key, value.strip());
            }
        });
        return ours;
    }

    public static Map<String, String> textsOf(Properties properties) {
        Map<String, String> texts = new HashMap<>();
        properties.stringPropertyNames().forEach(name -> texts.put(name, properties.getProperty(name)));
        return texts;
    }

    private static Map<String, String> read(String text) throws IOException {
        return ours(PropertyLines.read(text));
    }
}

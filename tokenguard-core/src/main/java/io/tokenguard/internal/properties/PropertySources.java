package io.tokenguard.internal.properties;

import io.tokenguard.access.ConfigurationException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** Where properties come from. Each method returns only what is ours. */
public final class PropertySources {
    static final String CONFIG_PROPERTY = "tokenguard.config";
    static final String CONFIG_VARIABLE = "TOKENGUARD_CONFIG";
    private static final String RESOURCE = "tokenguard.properties";

    private PropertySources() {}

    /** {@code tokenguard.properties} as the application's class loader sees it. */
    public static Map<String, String> classPath() {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        ClassLoader chosen = loader == null ? PropertySources.class.getClassLoader() : loader;
        try (InputStream resource = chosen.getResourceAsStream(RESOURCE)) {
            return resource == null ? Map.of() : read(new InputStreamReader(resource, StandardCharsets.UTF_8));
        } catch (IOException | IllegalArgumentException unreadable) {
            throw ConfigurationException.of("class path", RESOURCE, "make it a readable properties file in UTF-8");
        }
    }

    /** The file that the system property or else the environment names. */
    public static Map<String, String> configuredFile(Map<String, String> system, Map<String, String> environment) {
        @Nullable String property = system.get(CONFIG_PROPERTY);
        @Nullable String variable = environment.get(CONFIG_VARIABLE);
        if (property != null) {
            return file(CONFIG_PROPERTY, Path.of(property));
        }
        return variable == null ? Map.of() : file(CONFIG_VARIABLE, Path.of(variable));
    }

    public static Map<String, String> file(String key, Path file) {
        try (Reader reader = Files.newBufferedReader(file)) {
            return read(reader);
        } catch (IOException | IllegalArgumentException unreadable) {
            throw ConfigurationException.of(key, file, "name a readable properties file in UTF-8");
        }
    }

    public static Map<String, String> environment(Map<String, String> environment) {
        Map<String, String> properties = new HashMap<>();
        environment.forEach(
                (variable, value) -> PropertyKeys.ofEnvironment(variable).ifPresent(key -> properties.put(key, value)));
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

    private static Map<String, String> read(Reader reader) throws IOException {
        Properties properties = new Properties();
        properties.load(reader);
        return ours(textsOf(properties));
    }
}

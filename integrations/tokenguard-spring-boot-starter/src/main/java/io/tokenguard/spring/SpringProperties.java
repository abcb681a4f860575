package io.tokenguard.spring;

import io.tokenguard.GuardProperties;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;

/**
 * Reads the guard's properties from Spring's environment: files, profiles, config trees and command line, in Spring's order,
 * with placeholders resolved. Environment variables are read by the guard's own rules, so that a wrong one is reported.
 */
final class SpringProperties {
    private static final String PREFIX = "tokenguard.";
    private static final String CONFIGURATION_FILE = "tokenguard.config";

    private SpringProperties() {}

    static GuardProperties read(ConfigurableEnvironment environment) {
        Map<String, String> found = new HashMap<>();
        for (String name : names(environment, source -> !isOfProcess(source))) {
            String value = environment.getProperty(name);
            if (isOfGuard(name) && value != null) {
                found.put(name, value);
            }
        }
        StarterSettings.requireKnown(names(environment, source -> !isOfSystemEnvironment(source)).stream()
                .filter(name -> name.startsWith(StarterSettings.PREFIX))
                .toList());
        return GuardProperties.of(found).withDefaults(ofProcess(environment));
    }

    /** Environment variables and system properties, without those of the starter. */
    private static GuardProperties ofProcess(ConfigurableEnvironment environment) {
        return GuardProperties.of(Map.of())
                .withEnvironment(
                        texts(environment.getSystemEnvironment(), name -> !StarterSettings.isVariable(name)),
                        texts(environment.getSystemProperties(), name -> !name.startsWith(StarterSettings.PREFIX)));
    }

    private static Map<String, String> texts(Map<?, ?> values, Predicate<String> isWanted) {
        Map<String, String> texts = new HashMap<>();
        values.forEach((name, value) -> {
            if (name instanceof String text && value instanceof String known && isWanted.test(text)) {
                texts.put(text, known);
            }
        });
        return texts;
    }

    private static Set<String> names(ConfigurableEnvironment environment, Predicate<@Nullable String> isWanted) {
        Set<String> names = new TreeSet<>();
        for (PropertySource<?> source : environment.getPropertySources()) {
            if (source instanceof EnumerablePropertySource<?> enumerable && isWanted.test(source.getName())) {
                for (String name : enumerable.getPropertyNames()) {
                    if (name.startsWith(PREFIX)) {
                        names.add(name);
                    }
                }
            }
        }
        return names;
    }

    /** Read by the guard's own rules. */
    private static boolean isOfProcess(@Nullable String source) {
        return isOfSystemEnvironment(source)
                || StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME.equals(source);
    }

    /** Environment variables have names of another form. The attached source repeats all others. */
    private static boolean isOfSystemEnvironment(@Nullable String source) {
        return StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME.equals(source)
                || "configurationProperties".equals(source);
    }

    private static boolean isOfGuard(String name) {
        return !name.startsWith(StarterSettings.PREFIX) && !name.equals(CONFIGURATION_FILE);
    }
}

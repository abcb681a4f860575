package io.tokenguard.spring;

import io.tokenguard.GuardProperties;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
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
    /** Settings of this starter itself. */
    static final String OWN = "tokenguard.spring.";

    private static final String PREFIX = "tokenguard.";
    private static final String CONFIGURATION_FILE = "tokenguard.config";

    private SpringProperties() {}

    static GuardProperties read(ConfigurableEnvironment environment) {
        Map<String, String> found = new HashMap<>();
        for (String name : names(environment)) {
            String value = environment.getProperty(name);
            if (value != null) {
                found.put(name, value);
            }
        }
        return GuardProperties.of(found)
                .withDefaults(GuardProperties.of(Map.of()).withEnvironment());
    }

    private static Set<String> names(ConfigurableEnvironment environment) {
        Set<String> names = new TreeSet<>();
        for (PropertySource<?> source : environment.getPropertySources()) {
            if (source instanceof EnumerablePropertySource<?> enumerable && !isOfProcess(source.getName())) {
                for (String name : enumerable.getPropertyNames()) {
                    if (isOfGuard(name)) {
                        names.add(name);
                    }
                }
            }
        }
        return names;
    }

    /** Read by the guard's own rules. The attached source repeats all others. */
    private static boolean isOfProcess(@Nullable String source) {
        return StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME.equals(source)
                || StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME.equals(source)
                || "configurationProperties".equals(source);
    }

    private static boolean isOfGuard(String name) {
        return name.startsWith(PREFIX) && !name.startsWith(OWN) && !name.equals(CONFIGURATION_FILE);
    }
}

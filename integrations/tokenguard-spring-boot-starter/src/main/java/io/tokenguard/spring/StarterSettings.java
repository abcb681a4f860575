package io.tokenguard.spring;

import io.tokenguard.access.ConfigurationException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.springframework.core.env.Environment;

/**
 * The settings of the starter itself, which the guard does not know.
 *
 * @param isHealthPublic whether the Actuator health endpoint needs no token
 * @param filterOrder the order of the filter
 */
record StarterSettings(boolean isHealthPublic, int filterOrder) {
    /** The prefix of their keys. */
    static final String PREFIX = "tokenguard.spring.";

    private static final String HEALTH = PREFIX + "health";
    private static final String FILTER_ORDER = PREFIX + "filter-order";
    static final List<String> KEYS = List.of(PREFIX + "enabled", HEALTH, FILTER_ORDER);

    /**
     * Reads them.
     *
     * @throws ConfigurationException if a value is wrong
     */
    static StarterSettings read(Environment environment) {
        return new StarterSettings(
                isHealthPublic(environment.getProperty(HEALTH, "public")),
                order(environment.getProperty(FILTER_ORDER, String.valueOf(TokenGuardAutoConfiguration.FILTER_ORDER))));
    }

    private static boolean isHealthPublic(String value) {
        if (!value.equals("public") && !value.equals("authenticated")) {
            throw ConfigurationException.of(HEALTH, value, "set public or authenticated");
        }
        return value.equals("public");
    }

    private static int order(String value) {
        try {
            int order = Integer.parseInt(value.strip());
            if (order < Integer.MAX_VALUE) {
                return order;
            }
        } catch (NumberFormatException noNumber) {
            // Named below.
        }
        // The number after it is that of the filter that sets Spring Security's authentication.
        throw ConfigurationException.of(FILTER_ORDER, value, "set a whole number of at most 2147483646, such as -9800");
    }

    /**
     * Requires keys with the prefix to be known, in any form that Spring Boot accepts, such as camel case.
     *
     * @throws ConfigurationException if one is not
     */
    static void requireKnown(Collection<String> keys) {
        for (String key : keys) {
            if (KEYS.stream().noneMatch(known -> uniform(known).equals(uniform(key)))) {
                throw ConfigurationException.because(
                        key, "(value not shown)", "there is no such key; known are " + KEYS);
            }
        }
    }

    /** Whether an environment variable stands for one of the keys. */
    static boolean isVariable(String variable) {
        return KEYS.stream().anyMatch(known -> uniform(known).equals(uniform(variable)));
    }

    private static String uniform(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[._-]", "");
    }
}

package io.tokenguard.servlet;

import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** Reads the init-params of a declared filter. */
final class InitParameters {
    private static final String PREFIX = "tokenguard.";

    private InitParameters() {}

    static Map<String, String> read(FilterConfig config) throws ServletException {
        Map<String, String> settings = new LinkedHashMap<>();
        for (String name : Collections.list(config.getInitParameterNames())) {
            if (!name.startsWith(PREFIX)) {
                throw new ServletException(
                        "The init-param '" + name + "' is not known: names begin with '" + PREFIX + "'");
            }
            settings.put(name, Objects.requireNonNull(config.getInitParameter(name)));
        }
        return settings;
    }
}

package io.tokenguard.cli;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a request, of its query and its form.
 *
 * @param method the method
 * @param parameters the parameters
 * @param user the user of Basic authentication; empty without
 */
record FormRequest(String method, Map<String, String> parameters, Optional<String> user) {
    private static final int LONGEST_BODY = 64 * 1024;
    private static final String BASIC = "Basic ";

    static FormRequest of(HttpExchange exchange) throws IOException {
        Map<String, String> parameters = new HashMap<>();
        read(exchange.getRequestURI().getRawQuery(), parameters);
        read(new String(exchange.getRequestBody().readNBytes(LONGEST_BODY), StandardCharsets.UTF_8), parameters);
        return new FormRequest(
                exchange.getRequestMethod(),
                parameters,
                userOf(exchange.getRequestHeaders().getFirst("Authorization")));
    }

    private static void read(@Nullable String text, Map<String, String> into) {
        if (text == null) {
            return;
        }
        for (String pair : text.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                into.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
            }
        }
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            return "";
        }
    }

    private static Optional<String> userOf(@Nullable String authorization) {
        if (authorization == null || !authorization.startsWith(BASIC)) {
            return Optional.empty();
        }
        try {
            String pair = new String(
                    Base64.getDecoder().decode(authorization.substring(BASIC.length())), StandardCharsets.UTF_8);
            return Optional.of(decoded(pair.split(":", 2)[0])).filter(name -> !name.isEmpty());
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    /** A parameter, or an empty text. */
    String value(String name) {
        return parameters.getOrDefault(name, "");
    }

    /** The client, by Basic authentication or the parameter. */
    String client() {
        return user.orElseGet(() -> value("client_id"));
    }

    /** Shows nothing: parameters may be secret. */
    @Override
    public String toString() {
        return "FormRequest[not shown]";
    }
}

package io.tokenguard.jaxrs;

import io.tokenguard.access.ConfigurationException;
import jakarta.ws.rs.core.UriBuilder;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The path template of {@code @Path} for the beginning of a path (Jakarta REST 3.1 §3.7.3).
 *
 * @param pattern the beginning, and the rest of the path as the group {@code restOfPath}
 * @param literals the number of literal characters
 * @param variables the number of variables
 * @param expressions the number of variables with an expression of their own
 */
record PathTemplate(Pattern pattern, int literals, int variables, int expressions) {
    /** Jakarta REST 3.1 §3.7.2: more literal characters first, then more templates, then more expressions. */
    static final Comparator<PathTemplate> BEST_FIRST = Comparator.comparingInt(PathTemplate::literals)
            .thenComparingInt(PathTemplate::variables)
            .thenComparingInt(PathTemplate::expressions)
            .reversed();

    private static final Pattern VARIABLE = Pattern.compile("\\{\\s*[\\w.-]+\\s*(?::((?:[^{}]|\\{[^{}]*})*))?}");

    /**
     * Reads a template.
     *
     * @throws ConfigurationException if its braces don't match
     */
    static PathTemplate of(String path) {
        String template = path.replaceAll("^/+|/+$", "");
        StringBuilder pattern = new StringBuilder("/*");
        Matcher variable = VARIABLE.matcher(template);
        int literals = 0;
        int variables = 0;
        int expressions = 0;
        int end = 0;
        while (variable.find()) {
            String expression = variable.group(1);
            pattern.append(literal(path, template.substring(end, variable.start())))
                    .append(expression == null ? "[^/]+" : "(?:" + expression.strip() + ")");
            literals += variable.start() - end;
            variables++;
            expressions += expression == null ? 0 : 1;
            end = variable.end();
        }
        pattern.append(literal(path, template.substring(end))).append("(?<restOfPath>/.*)?");
        return new PathTemplate(
                Pattern.compile(pattern.toString()), literals + template.length() - end, variables, expressions);
    }

    /** Literal text, decoded or percent-encoded. */
    private static String literal(String path, String text) {
        if (text.indexOf('{') >= 0 || text.indexOf('}') >= 0) {
            throw ConfigurationException.of("@Path", path, "close each brace that is opened");
        }
        String encoded = UriBuilder.fromPath(text).build().getRawPath();
        return "(?:" + Pattern.quote(text) + "|" + Pattern.quote(encoded) + ")";
    }

    /** The rest of a path after this; empty if the path does not begin with it. */
    Optional<String> restOf(String path) {
        Matcher matcher = pattern.matcher(path);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String rest = matcher.group("restOfPath");
        return Optional.of(rest == null ? "" : rest);
    }
}

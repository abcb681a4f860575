package io.tokenguard.jaxrs;

import io.tokenguard.access.ConfigurationException;
import jakarta.ws.rs.core.UriBuilder;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code @Path} says of the beginning of a path (Jakarta REST 3.1 §3.7.3).
 *
 * @param pattern the beginning, and what is left of the path as the group {@code restOfPath}
 * @param literals the number of characters that are no template
 * @param variables the number of templates
 * @param expressions the number of templates with an expression of their own
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

    /** As it is written, or as it comes over the wire. */
    private static String literal(String path, String text) {
        if (text.indexOf('{') >= 0 || text.indexOf('}') >= 0) {
            throw ConfigurationException.of("@Path", path, "close each brace that is opened");
        }
        String encoded = UriBuilder.fromPath(text).build().getRawPath();
        return "(?:" + Pattern.quote(text) + "|" + Pattern.quote(encoded) + ")";
    }

    /** What is left of a path behind this; empty where it does not begin like this. */
    Optional<String> restOf(String path) {
        Matcher matcher = pattern.matcher(path);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String rest = matcher.group("restOfPath");
        return Optional.of(rest == null ? "" : rest);
    }
}

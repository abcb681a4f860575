package io.tokenguard.jaxrs;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code @Path} says of the beginning of a path (Jakarta REST 3.1 §3.7.3).
 *
 * @param pattern the beginning, and what is left of the path as its last group
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

    private static final Pattern VARIABLE = Pattern.compile("\\{\\s*[^{}:\\s]+\\s*(?::((?:[^{}]|\\{[^{}]*})*))?}");

    static PathTemplate of(String path) {
        String template = path.replaceAll("^/+|/+$", "");
        StringBuilder expression = new StringBuilder("/*");
        Matcher variable = VARIABLE.matcher(template);
        int literals = 0;
        int variables = 0;
        int expressions = 0;
        int end = 0;
        while (variable.find()) {
            literals += variable.start() - end;
            variables++;
            expressions += variable.group(1) == null ? 0 : 1;
            expression.append(Pattern.quote(template.substring(end, variable.start())));
            expression
                    .append('(')
                    .append(
                            variable.group(1) == null
                                    ? "[^/]+"
                                    : variable.group(1).strip())
                    .append(')');
            end = variable.end();
        }
        expression.append(Pattern.quote(template.substring(end))).append("(?<rest>/.*)?");
        return new PathTemplate(
                Pattern.compile(expression.toString()), literals + template.length() - end, variables, expressions);
    }

    /** What is left of a path behind this; empty where it does not begin like this. */
    Optional<String> restOf(String path) {
        Matcher matcher = pattern.matcher(path);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String rest = matcher.group("rest");
        return Optional.of(rest == null ? "" : rest);
    }
}

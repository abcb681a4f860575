package io.tokenguard.access;

import io.tokenguard.access.Operand.PathVariable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/** Names for segments of a route's pattern, such as {@code {tenant}} in {@code /api/{tenant}/**}. */
final class PathVariables {
    private PathVariables() {}

    /** Whether a segment of a pattern is a variable. */
    static boolean isVariable(String segment) {
        return segment.startsWith("{")
                && segment.endsWith("}")
                && RuleWords.isIdentifier(segment.substring(1, segment.length() - 1));
    }

    /** The names by the number of their segment; empty for other segments. */
    static List<String> names(String pattern) {
        List<String> names = new ArrayList<>();
        for (String segment : pattern.substring(1).split("/", -1)) {
            names.add(isVariable(segment) ? segment.substring(1, segment.length() - 1) : "");
        }
        return names;
    }

    static boolean areDistinct(String pattern) {
        List<String> names = names(pattern);
        names.removeIf(String::isEmpty);
        return new HashSet<>(names).size() == names.size();
    }

    /** The pattern with {@code *} for each variable: patterns of the same shape match the same paths. */
    static String shape(String pattern) {
        if (pattern.indexOf('{') < 0) {
            return pattern;
        }
        StringBuilder shape = new StringBuilder();
        for (String segment : pattern.substring(1).split("/", -1)) {
            shape.append('/').append(isVariable(segment) ? "*" : segment);
        }
        return shape.toString();
    }

    /**
     * Gives each variable that a requirement names the segment that it has in a pattern.
     *
     * @throws ConfigurationException if the pattern has no such variable
     */
    static AccessRequirement bind(String pattern, AccessRequirement requirement) {
        boolean hasVariable =
                Composition.contains(requirement.reportOnly().orElse(requirement), PathVariables::readsVariable)
                        || Composition.contains(requirement.enforced(), PathVariables::readsVariable);
        return hasVariable ? bind(names(pattern), requirement) : requirement;
    }

    private static boolean readsVariable(AccessRequirement single) {
        return single instanceof ParsedCondition condition
                && condition.test() instanceof TextCriterion test
                && test.operands().stream().anyMatch(PathVariable.class::isInstance);
    }

    private static AccessRequirement bind(List<String> names, AccessRequirement requirement) {
        if (requirement instanceof AccessRequirement.All all) {
            return new AccessRequirement.All(
                    all.parts().stream().map(part -> bind(names, part)).toList());
        }
        if (requirement instanceof AccessRequirement.Any any) {
            return new AccessRequirement.Any(any.alternatives().stream()
                    .map(alternative -> bind(names, alternative))
                    .toList());
        }
        if (requirement instanceof AccessRequirement.ReportOnly reported) {
            return new AccessRequirement.ReportOnly(
                    bind(names, reported.enforced()), bind(names, reported.candidate()));
        }
        return requirement instanceof ParsedCondition condition && condition.test() instanceof TextCriterion test
                ? new ParsedCondition(condition.isNegated(), test.with(operand -> bind(names, operand)))
                : requirement;
    }

    private static Operand bind(List<String> names, Operand operand) {
        if (!(operand instanceof PathVariable variable)) {
            return operand;
        }
        int segment = names.indexOf(variable.name());
        if (segment < 0) {
            throw ConfigurationException.of("route", variable.notation(), missing(variable.name()));
        }
        return new PathVariable(variable.name(), segment);
    }

    static String missing(String name) {
        return "the path of the rule has no {" + name + "}; name the segment there, such as /api/{" + name + "}/**";
    }

    /** A segment of a path; empty if the path has fewer, or it is empty. */
    static Optional<String> segment(String path, int number) {
        int start = 1;
        for (int passed = 0; passed < number; passed++) {
            start = path.indexOf('/', start) + 1;
            if (start == 0) {
                return Optional.empty();
            }
        }
        int slash = path.indexOf('/', start);
        String segment = path.substring(Math.min(start, path.length()), slash < 0 ? path.length() : slash);
        return segment.isEmpty() ? Optional.empty() : Optional.of(segment);
    }
}

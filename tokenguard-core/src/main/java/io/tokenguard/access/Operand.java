package io.tokenguard.access;

import io.tokenguard.access.AccessRequirement.Condition.Facts;
import java.util.List;
import java.util.Optional;

/** What a text is compared with. Immutable. */
sealed interface Operand {
    /** Whether a text equals it, or is one of it. */
    Truth equalTo(String text, Facts facts);

    /** Its notation in rules. */
    String notation();

    /** A text of the rule, compared exactly. */
    record Literal(String text) implements Operand {
        @Override
        public Truth equalTo(String other, Facts facts) {
            return Truth.of(text.equals(other));
        }

        @Override
        public String notation() {
            return RuleWords.quotedValue(text);
        }
    }

    /** A named list. A list that does not exist is unknown. */
    record ListName(String name) implements Operand {
        @Override
        public Truth equalTo(String text, Facts facts) {
            return facts.names(name).map(names -> Truth.of(names.test(text))).orElse(Truth.UNKNOWN);
        }

        @Override
        public String notation() {
            return "@" + name;
        }
    }

    /**
     * A variable of the path.
     *
     * @param name its name
     * @param segment the number of its segment in the route's pattern, from 0; {@link #OF_FRAMEWORK} if no route states it
     */
    record PathVariable(String name, int segment) implements Operand {
        /** The value is the path parameter that the framework has extracted. */
        static final int OF_FRAMEWORK = -1;

        /** Unknown if a framework may read the same value in both: then neither equality nor difference is certain. */
        @Override
        public Truth equalTo(String text, Facts facts) {
            Optional<String> value = value(facts);
            if (value.isEmpty()) {
                return Truth.UNKNOWN;
            }
            if (value.get().equals(text)) {
                return SimilarText.isCertain(text) ? Truth.TRUE : Truth.UNKNOWN;
            }
            return SimilarText.isPossible(text, value.get()) ? Truth.UNKNOWN : Truth.FALSE;
        }

        Optional<String> value(Facts facts) {
            IncomingRequest request = facts.attempt().request();
            if (segment != OF_FRAMEWORK) {
                return PathVariables.segment(Route.normalPath(request.path()), segment);
            }
            List<String> values = request.pathParameters().getOrDefault(name, List.of());
            return values.size() == 1 && !values.get(0).isEmpty() ? Optional.of(values.get(0)) : Optional.empty();
        }

        @Override
        public String notation() {
            return "path:" + name;
        }
    }
}

package io.tokenguard.access;

import io.tokenguard.access.Confirmation.Binding;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;

/** The clauses about scopes, roles, the user's authentication and the token's binding. */
final class RequirementWords {
    static final String NO_SPACE = "no space before or after a comma: write names as 'a,b'";

    static final Map<String, RuleClause> CLAUSES = Map.of(
            "scope",
            named(AccessRequirement::scope),
            "any-scope",
            named(AccessRequirement::anyScope),
            "role",
            named(AccessRequirement::role),
            "acr",
            named(AccessRequirement::acr),
            "max-age",
            RequirementWords::maxAge,
            "dpop",
            (words, word) -> AccessRequirement.bound(Binding.DPOP),
            "mtls",
            (words, word) -> AccessRequirement.bound(Binding.MTLS),
            "bound",
            (words, word) -> AccessRequirement.bound(),
            "fresh",
            (words, word) -> AccessRequirement.fresh());

    private static final int LONGEST_AGE_DIGITS = 9;

    private RequirementWords() {}

    private static RuleClause named(Function<String[], AccessRequirement> made) {
        return (words, word) -> {
            String list = list(words, word);
            return words.checked(() -> made.apply(RuleWords.names(list)));
        };
    }

    /** The list behind a word, still in its quotes. */
    static String list(RuleScanner words, String word) {
        String list = value(words, word);
        if (list.endsWith(",") && words.hasMore()) {
            throw words.wrong(NO_SPACE);
        }
        return list;
    }

    static String value(RuleScanner words, String word) {
        int start = words.start();
        if (!words.hasMore() || words.isAt("or") || words.isAt("report-only")) {
            throw words.wrong(start, RequirementParser.needsValue(word));
        }
        return words.value();
    }

    private static AccessRequirement maxAge(RuleScanner words, String word) {
        String text = value(words, word);
        if (text.length() > LONGEST_AGE_DIGITS || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw words.wrong("write max-age in whole seconds, such as 'max-age 300'");
        }
        return words.checked(() -> AccessRequirement.maxAge(Duration.ofSeconds(Long.parseLong(text))));
    }
}

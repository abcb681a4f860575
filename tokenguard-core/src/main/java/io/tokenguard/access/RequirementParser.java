package io.tokenguard.access;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Parses a requirement, such as {@code scope orders:read not from @blocked or role root}. {@code not} binds tightest, then
 * words side by side or joined by {@code and}, then {@code or}. {@code docs/policies.md} has the grammar.
 */
final class RequirementParser {
    private static final String REMEDY =
            "write one of public, deny, authenticated, or any of 'scope a,b', 'any-scope a,b',"
                    + " 'role a,b', 'acr a,b', 'max-age 300', dpop, mtls, bound, fresh, or a condition that begins with"
                    + " claim, subject, client, issuer, kind, from, during or age; join alternatives by 'or';"
                    + " write a name with spaces or commas in double quotes;"
                    + " write the requirement to try after 'report-only'";

    static final String REPORT_ONLY_ONCE = "'report-only' stands once, outside of parentheses";

    private static final String REPORT_ONLY = "report-only";
    private static final String OR = "or";
    private static final String AND = "and";
    private static final String NOT = "not";
    private static final int MOST_NEGATIONS = 16;

    private static final Map<String, AccessRequirement> ALONE = Map.of(
            "public", AccessRequirement.open(),
            "deny", AccessRequirement.denied(),
            "authenticated", AccessRequirement.authenticated());

    private final RuleScanner words;
    private int negations;

    private RequirementParser(RuleScanner words) {
        this.words = words;
    }

    /**
     * Parses a text.
     *
     * @param from where the requirement begins in it
     * @param variables the variables of the rule's path; null if the requirement belongs to no path
     * @throws ConfigurationException if it is malformed; the message names the position
     */
    static AccessRequirement parse(String text, int from, @Nullable List<String> variables) {
        RuleScanner words = new RuleScanner(text, from, variables);
        RequirementParser parser = new RequirementParser(words);
        AccessRequirement enforced = parser.alternatives();
        AccessRequirement read = words.takes(REPORT_ONLY) ? enforced.reportOnly(parser.alternatives()) : enforced;
        if (words.hasMore()) {
            throw words.wrongNext(REPORT_ONLY_ONCE);
        }
        return read;
    }

    private AccessRequirement alternatives() {
        AccessRequirement read = together();
        while (words.takes(OR)) {
            read = read.or(together());
        }
        return read;
    }

    private AccessRequirement together() {
        List<AccessRequirement> parts = new ArrayList<>();
        do {
            parts.add(item(parts.isEmpty()));
        } while (words.takes(AND) || continues());
        return Composition.all(parts.stream());
    }

    private boolean continues() {
        return words.hasMore() && !words.isAt(OR) && !words.isAt(REPORT_ONLY);
    }

    private AccessRequirement item(boolean isFirst) {
        if (!continues() || words.isAt(AND)) {
            throw words.wrongNext("a requirement is missing; " + REMEDY);
        }
        Optional<Integer> group = words.open();
        if (group.isPresent()) {
            AccessRequirement read = alternatives();
            words.close(group.get());
            return read;
        }
        String word = words.keyword();
        AccessRequirement alone = ALONE.get(word);
        if (alone != null) {
            return alone(word, alone, isFirst);
        }
        return word.equals(NOT) ? negation() : clause(word);
    }

    private AccessRequirement alone(String word, AccessRequirement read, boolean isFirst) {
        int start = words.start();
        if (!isFirst || words.isAt(AND) || continues()) {
            throw words.wrong(start, "'" + word + "' stands alone; leave it out, or leave out the other words");
        }
        return read;
    }

    private AccessRequirement negation() {
        int start = words.start();
        if (++negations > MOST_NEGATIONS) {
            throw words.wrong("at most " + MOST_NEGATIONS + " 'not' can precede a condition");
        }
        AccessRequirement negated = Composition.not(item(false))
                .orElseThrow(() -> words.wrong(
                        start,
                        "'not' stands before conditions, which begin with claim, subject, client, issuer, kind, from,"
                                + " during or age; it can't negate scopes, roles and the other words"));
        negations--;
        return negated;
    }

    private AccessRequirement clause(String word) {
        RuleClause clause = RuleClause.ALL.get(word);
        if (clause == null) {
            throw unknown(word);
        }
        return clause.read(words, word);
    }

    private ConfigurationException unknown(String word) {
        if (word.startsWith(",")) {
            return words.wrong(RequirementWords.NO_SPACE);
        }
        if (word.isEmpty()) {
            return words.wrong("')' closes no parenthesis; remove it");
        }
        String lower = word.toLowerCase(Locale.ROOT);
        String near = Stream.of(RuleClause.ALL.keySet(), ALONE.keySet(), RuleWords.JOINING)
                .flatMap(known -> known.stream().sorted())
                .filter(known -> known.equals(lower) || (known + "s").equals(lower))
                .findFirst()
                .map(known -> "; did you mean '" + known + "'?")
                .orElse("; " + REMEDY);
        return words.wrong("'" + word + "' is not a requirement" + near);
    }

    /** What a word without its value needs. */
    static String needsValue(String word) {
        return "'" + word + "' needs a value behind it; " + REMEDY;
    }
}

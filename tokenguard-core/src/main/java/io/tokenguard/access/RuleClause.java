package io.tokenguard.access;

import java.util.Map;
import java.util.TreeMap;

/** Reads the part of a rule that begins with a certain word. */
@FunctionalInterface
interface RuleClause {
    /** All clauses by their word. Another kind of clause is a map of its own that is added here. */
    Map<String, RuleClause> ALL = joined(RequirementWords.CLAUSES, ConditionWords.CLAUSES);

    /**
     * Reads what follows the word.
     *
     * @param word the word, which has been read
     * @throws ConfigurationException if it is wrong
     */
    AccessRequirement read(RuleScanner words, String word);

    @SafeVarargs
    private static Map<String, RuleClause> joined(Map<String, RuleClause>... kinds) {
        Map<String, RuleClause> all = new TreeMap<>();
        for (Map<String, RuleClause> kind : kinds) {
            all.putAll(kind);
        }
        return all;
    }
}

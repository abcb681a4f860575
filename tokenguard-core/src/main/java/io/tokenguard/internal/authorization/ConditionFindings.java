package io.tokenguard.internal.authorization;

import io.tokenguard.access.AccessRequirement.Condition;
import io.tokenguard.access.AccessRequirement.Condition.Facts;
import io.tokenguard.access.RefusedException.Finding;
import java.util.ArrayList;
import java.util.List;

/** What the operator gets to know about a condition that is not met. */
final class ConditionFindings {
    private ConditionFindings() {}

    /**
     * What was found and expected.
     *
     * @param key the setting that states the condition
     * @param sources what it was evaluated with
     */
    static Finding of(String key, Condition condition, Facts facts, ConditionSources sources) {
        Finding finding =
                Finding.of(condition.found(facts), condition.notation()).by(settings(key, condition));
        return condition.isOfNetwork() && facts.clientAddress().isEmpty()
                ? finding.hint(sources.uncertainty(facts.attempt()))
                : finding;
    }

    /** The keys that decide: that of the condition, and those of what it reads. */
    private static String[] settings(String key, Condition condition) {
        List<String> keys = new ArrayList<>(List.of(key));
        condition.lists().forEach(list -> keys.add(NamedLists.key(list)));
        if (condition.isOfNetwork()) {
            keys.add("tokenguard.trusted-proxies");
        }
        return keys.toArray(String[]::new);
    }
}

package io.tokenguard.internal.limits;

import io.tokenguard.access.ConfigurationException;
import io.tokenguard.internal.bounds.Durations;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Names the limits that have no name, such as {@code subject-1m}. Limits of the same name must be the same limit. */
public final class LimitNames {
    private final Map<String, Limit> known = new HashMap<>();

    private LimitNames() {}

    /**
     * The same rules, in which every limit has a name.
     *
     * @throws ConfigurationException if two different limits have the same name
     */
    public static List<LimitRule> complete(List<LimitRule> rules) {
        LimitNames names = new LimitNames();
        rules.forEach(rule -> rule.charges().forEach(names::know));
        return rules.stream()
                .map(rule -> new LimitRule(
                        rule.methods(),
                        rule.pattern(),
                        rule.charges().stream().map(names::named).toList()))
                .toList();
    }

    private void know(Charge charge) {
        Limit limit = charge.limit();
        Limit other = limit.name().isEmpty() ? limit : known.putIfAbsent(limit.name(), limit);
        if (other != null && !other.equals(limit)) {
            throw ConfigurationException.of(
                    "limit",
                    limit.name(),
                    "it is '" + other + "' in one rule and '" + limit + "' in another; write the same limit in both, or"
                            + " another name");
        }
    }

    private Charge named(Charge charge) {
        Limit limit = charge.limit();
        if (!limit.name().isEmpty()) {
            return charge;
        }
        String start =
                limit.key().kind().word() + "-" + Durations.write(limit.rate().period());
        String free = start;
        for (int number = 2; known.containsKey(free); number++) {
            free = start + "-" + number;
        }
        known.put(free, limit);
        return charge.named(free);
    }
}

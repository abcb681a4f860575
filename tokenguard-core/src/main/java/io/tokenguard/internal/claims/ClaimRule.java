package io.tokenguard.internal.claims;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Alternatives of conditions on claims. One alternative must hold, with all of its conditions.
 *
 * @param alternatives groups of conditions
 */
public record ClaimRule(List<List<ClaimCondition>> alternatives) {
    /** Always holds. */
    static final ClaimRule ALWAYS = new ClaimRule(List.of(List.of()));

    /** Copies the lists. */
    public ClaimRule {
        alternatives = alternatives.stream().map(List::copyOf).toList();
    }

    /**
     * Reads a rule such as {@code typ=Bearer or ver=2.0 and scp}; {@code and} binds tighter.
     *
     * @throws IllegalArgumentException if a condition names no claim or no value
     */
    public static ClaimRule of(String text) {
        return new ClaimRule(Arrays.stream(text.split(" or ", -1))
                .map(group -> Arrays.stream(group.split(" and ", -1))
                        .map(condition -> ClaimCondition.of(condition.strip()))
                        .toList())
                .toList());
    }

    /** Holds if one of some rules does. */
    static ClaimRule anyOf(List<ClaimRule> rules) {
        return new ClaimRule(
                rules.stream().flatMap(rule -> rule.alternatives().stream()).toList());
    }

    boolean holds(ClaimReader claims) {
        return alternatives.stream().anyMatch(group -> holds(group, claims));
    }

    /** Whether a group holds that states the kind of the token by a value that no ID token has. */
    boolean provesAccessToken(ClaimReader claims) {
        return alternatives.stream()
                .anyMatch(group -> group.stream().anyMatch(ClaimCondition::isProofOfKind) && holds(group, claims));
    }

    private static boolean holds(List<ClaimCondition> group, ClaimReader claims) {
        return group.stream().allMatch(condition -> condition.holds(claims));
    }

    /** Whether it requires claims to be present, and no values. */
    boolean isAboutPresence() {
        return alternatives.stream().flatMap(List::stream).allMatch(condition -> condition.value() == null);
    }

    /** Whether every alternative fixes one of these claims to a value. */
    public boolean fixesOneOf(Set<String> claims) {
        return alternatives.stream()
                .allMatch(group -> group.stream()
                        .anyMatch(condition -> condition.value() != null && claims.contains(condition.claim())));
    }

    /** The rule without the alternatives that have another meaning in an introspection answer. */
    ClaimRule inAnswers() {
        return new ClaimRule(alternatives.stream()
                .filter(group -> group.stream().noneMatch(ClaimCondition::isOtherInAnswers))
                .toList());
    }

    /** What the claims have of those that it names; values only of those whose value it fixes. */
    String describe(ClaimReader claims) {
        return alternatives.stream()
                .flatMap(List::stream)
                .map(condition -> condition.describe(claims))
                .distinct()
                .collect(Collectors.joining(", "));
    }

    @Override
    public String toString() {
        return alternatives.stream()
                .map(group -> group.stream().map(ClaimCondition::toString).collect(Collectors.joining(" and ")))
                .collect(Collectors.joining(" or "));
    }
}

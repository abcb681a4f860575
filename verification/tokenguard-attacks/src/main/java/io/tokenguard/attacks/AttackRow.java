package io.tokenguard.attacks;

import io.tokenguard.testkit.TestAlgorithm;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * A row of the catalogue: a family of attacks that the same rule withstands. Immutable.
 *
 * @param id its number, the stage first, such as {@code D4}
 * @param sentence what holds
 * @param source the weakness or specification it comes from
 * @param expected what has to come of its attacks, unless one of them says otherwise
 * @param attacks its attacks
 */
public record AttackRow(String id, String sentence, String source, Expectation expected, List<Attack> attacks) {
    /** Copies the attacks and requires some. */
    public AttackRow {
        attacks = List.copyOf(attacks);
        if (attacks.isEmpty()) {
            throw new IllegalArgumentException("Row " + id + " has no attacks");
        }
    }

    /** Shows number and sentence. */
    @Override
    public String toString() {
        return id + " " + sentence;
    }

    static Builder row(String id, String sentence, String source, Expectation expected) {
        return new Builder(id, sentence, source, expected);
    }

    /** Collects the attacks of a row. What is said of the guard or the issuer holds for the attacks that follow. */
    static final class Builder {
        private final String id;
        private final String sentence;
        private final String source;
        private final Expectation rowExpected;
        private final List<Attack> attacks = new ArrayList<>();
        private Expectation expected;
        private GuardProfile profile = GuardProfile.STRICT;
        private boolean ownIssuer;

        private Builder(String id, String sentence, String source, Expectation expected) {
            this.id = id;
            this.sentence = sentence;
            this.source = source;
            this.rowExpected = expected;
            this.expected = expected;
        }

        Builder under(GuardProfile guardProfile) {
            profile = guardProfile;
            return this;
        }

        Builder withOwnIssuer() {
            ownIssuer = true;
            return this;
        }

        /** Says what has to come of the attacks that follow. */
        Builder expecting(Expectation other) {
            expected = other;
            return this;
        }

        Builder attack(String variant, Script script) {
            attacks.add(new Attack(named(variant), expected, profile, ownIssuer, script));
            return this;
        }

        private String named(String variant) {
            String name = profile == GuardProfile.STRICT ? variant : variant + ", guard " + profile;
            if (attacks.stream().anyMatch(attack -> attack.variant().equals(name))) {
                throw new IllegalArgumentException("Row " + id + " has two attacks '" + name + "'");
            }
            return name;
        }

        /** An attack that sends a token to a route that asks for nothing but a good one. */
        Builder token(String variant, Function<AttackBench, String> token) {
            return attack(variant, bench -> bench.present(token.apply(bench)));
        }

        /** The same attack with a token of each algorithm. */
        Builder tokenOfEach(String variant, BiFunction<AttackBench, TestAlgorithm, String> token) {
            return tokenOfEach(variant, TestAlgorithm.defaults(), token);
        }

        Builder tokenOfEach(
                String variant, List<TestAlgorithm> algorithms, BiFunction<AttackBench, TestAlgorithm, String> token) {
            for (TestAlgorithm algorithm : algorithms) {
                token(variant + ", " + algorithm.joseName(), bench -> token.apply(bench, algorithm));
            }
            return this;
        }

        /** The same attack with each of some texts. */
        Builder tokenWithEach(String variant, List<String> texts, BiFunction<AttackBench, String, String> token) {
            for (String text : texts) {
                token((variant + " " + Names.printable(text)).strip(), bench -> token.apply(bench, text));
            }
            return this;
        }

        AttackRow build() {
            return new AttackRow(id, sentence, source, rowExpected, attacks);
        }
    }
}

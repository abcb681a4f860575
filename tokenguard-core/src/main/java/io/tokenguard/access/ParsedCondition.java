package io.tokenguard.access;

import java.util.List;

/**
 * A condition of a rule.
 *
 * @param isNegated whether the test must be false
 * @param test the test
 */
record ParsedCondition(boolean isNegated, Criterion test) implements AccessRequirement.Condition {
    static ParsedCondition of(Criterion test) {
        return new ParsedCondition(false, test);
    }

    ParsedCondition negated() {
        return new ParsedCondition(!isNegated, test);
    }

    @Override
    public boolean isMet(Facts facts) {
        return test.evaluate(facts) == (isNegated ? Truth.FALSE : Truth.TRUE);
    }

    @Override
    public String topic() {
        return test.topic();
    }

    @Override
    public String found(Facts facts) {
        return test.found(facts);
    }

    @Override
    public List<String> lists() {
        return test.lists();
    }

    @Override
    public boolean isOfNetwork() {
        return test instanceof NetworkCriterion;
    }

    String text() {
        return (isNegated ? "not " : "") + test.notation();
    }
}

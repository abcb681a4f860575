package io.tokenguard.access;

import io.tokenguard.access.AccessRequirement.Condition.Facts;
import java.util.List;

/** What a condition tests. Immutable. */
sealed interface Criterion permits TextCriterion, NetworkCriterion, TimeCriterion, AgeCriterion {
    /** The result for a request. */
    Truth evaluate(Facts facts);

    /** Its beginning, such as {@code claim department}. */
    String topic();

    /** Its notation in rules. */
    String notation();

    /** What the request has of it, for the operator. */
    String found(Facts facts);

    /** The named lists that it looks into. */
    List<String> lists();
}

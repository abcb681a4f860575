package io.tokenguard.access;

import io.tokenguard.access.AccessRequirement.Condition.Facts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Whether a token was issued less than some time ago, by {@code iat}.
 *
 * @param limit the time, exclusive; in whole seconds
 */
record AgeCriterion(Duration limit) implements Criterion {
    @Override
    public Truth evaluate(Facts facts) {
        return age(facts).map(age -> Truth.of(age.compareTo(limit) < 0)).orElse(Truth.UNKNOWN);
    }

    private static Optional<Duration> age(Facts facts) {
        Instant now = facts.attempt().now();
        return facts.attempt().token().issuedAt().map(issued -> Duration.between(issued, now));
    }

    @Override
    public String topic() {
        return "age";
    }

    @Override
    public String notation() {
        return "age < " + time(limit.toSeconds());
    }

    /** In the largest unit that divides it. */
    private static String time(long seconds) {
        if (seconds % 86_400 == 0) {
            return seconds / 86_400 + "d";
        }
        if (seconds % 3_600 == 0) {
            return seconds / 3_600 + "h";
        }
        return seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
    }

    @Override
    public String found(Facts facts) {
        return age(facts).map(age -> "issued " + age.toSeconds() + " s ago").orElse("no time of issue");
    }

    @Override
    public List<String> lists() {
        return List.of();
    }
}

package io.tokenguard.internal.limits;

/**
 * What a request costs of a limit.
 *
 * @param limit the limit
 * @param cost as how many requests it counts; at least 1
 * @param key the property of the rule that says so; {@code tokenguard.limits} if it is set in code
 */
public record Charge(Limit limit, long cost, String key) {
    private static final String IN_CODE = "tokenguard.limits";

    /** A charge of a rule that is set in code. */
    static Charge of(Limit limit, long cost) {
        return new Charge(limit, cost, IN_CODE);
    }

    Charge named(String name) {
        return new Charge(limit.named(name), cost, key);
    }

    Charge setBy(String property) {
        return new Charge(limit, cost, property);
    }
}

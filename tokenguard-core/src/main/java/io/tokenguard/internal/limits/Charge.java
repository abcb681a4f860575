package io.tokenguard.internal.limits;

/**
 * What a request costs of a limit.
 *
 * @param limit the limit
 * @param cost as how many requests it counts; at least 1
 */
public record Charge(Limit limit, long cost) {
    Charge named(String name) {
        return new Charge(limit.named(name), cost);
    }
}

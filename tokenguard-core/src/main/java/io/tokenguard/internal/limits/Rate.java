package io.tokenguard.internal.limits;

import java.time.Duration;

/**
 * How many requests are allowed. They are refilled evenly over the period.
 *
 * @param requests how many in a period
 * @param period the period; whole seconds
 * @param burst how many at once, after a pause
 */
public record Rate(long requests, Duration period, long burst) {}

package io.tokenguard.internal.limits;

import io.tokenguard.internal.bounds.Durations;

/**
 * A limit of requests. Rules that name the same limit share its counts.
 *
 * @param name what it is called in answers and in the log
 * @param rate how many requests
 * @param key which requests are counted together
 * @param isReportOnly whether requests beyond it are reported only
 */
public record Limit(String name, Rate rate, LimitKey key, boolean isReportOnly) {
    Limit named(String other) {
        return new Limit(other, rate, key, isReportOnly);
    }

    /** Names are unique; this is computed for each request. */
    @Override
    public int hashCode() {
        return name.hashCode();
    }

    /** As written in a rule, without its name. */
    @Override
    public String toString() {
        String burst = rate.burst() == rate.requests() ? "" : " burst " + rate.burst();
        return rate.requests() + "/" + Durations.write(rate.period()) + " per " + key + burst
                + (isReportOnly ? " report-only" : "");
    }
}

package io.tokenguard.gateway;

import java.util.Map;

/**
 * The header fields {@code RateLimit-Policy} and {@code RateLimit} (draft-ietf-httpapi-ratelimit-headers §3 and §4), and {@code
 * Retry-After} (RFC 9110 §10.2.3), of one answer. Times are in seconds, rounded up.
 */
final class RateFields {
    private static final String POLICY = "RateLimit-Policy";
    private static final String LIMIT = "RateLimit";
    private static final long SECOND = 1_000_000_000L;

    private String policies = "";
    private String counts = "";

    /** The fields of one limit that was not exceeded. */
    static Map<String, String> ofOne(LimitBuckets counted, long remaining, long nanosUntilFull) {
        return Map.of(POLICY, counted.policy(), LIMIT, count(counted.item(), remaining, seconds(nanosUntilFull)));
    }

    /** A limit that was not exceeded; its time is when the bucket is full again. */
    void granted(String policy, String item, long remaining, long nanosUntilFull) {
        add(policy, count(item, remaining, seconds(nanosUntilFull)));
    }

    /** The exceeded limit; its time is when the request is allowed again. */
    Map<String, String> refused(String policy, String item, long remaining, long nanosUntilAllowed) {
        long wait = Math.max(1, seconds(nanosUntilAllowed));
        add(policy, count(item, remaining, wait));
        return Map.of(POLICY, policies, LIMIT, counts, "Retry-After", Long.toString(wait));
    }

    private void add(String policy, String count) {
        boolean isFirst = policies.isEmpty();
        policies = isFirst ? policy : policies + ", " + policy;
        counts = isFirst ? count : counts + ", " + count;
    }

    private static String count(String item, long remaining, long seconds) {
        return item + ";r=" + remaining + ";t=" + seconds;
    }

    private static long seconds(long nanos) {
        return nanos / SECOND + (nanos % SECOND == 0 ? 0 : 1);
    }

    /** The fields; none if only report-only limits were counted. */
    Map<String, String> toMap() {
        return policies.isEmpty() ? Map.of() : Map.of(POLICY, policies, LIMIT, counts);
    }
}

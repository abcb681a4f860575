package io.tokenguard.spi;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Counts the requests of all nodes, in buckets that empty evenly over time. The store's own clock counts, so that the clocks of
 * nodes may differ. A bucket that is empty again takes no space. Thread-safe.
 */
@FunctionalInterface
public interface RequestCountStore {
    /**
     * A bucket, and what a request adds to it.
     *
     * @param name 43 characters of base64url that identify what is counted; a hash, never text from outside
     * @param requests how many requests leave it in a period, evenly; 1 to 999999999
     * @param period the period; 1 s to 31 days
     * @param capacity how many requests it holds; 1 to 999999999
     * @param cost as how many requests this one counts; 1 to the capacity
     * @param isRequired whether the request is counted nowhere if it does not fit into this bucket
     */
    record Bucket(String name, long requests, Duration period, long capacity, long cost, boolean isRequired) {
        /** How many requests leave it in a second. */
        public double perSecond() {
            return requests / (double) period.toSeconds();
        }

        /** Whether the request fits into the bucket if that holds this many. */
        public boolean fits(double held) {
            return held + cost <= capacity;
        }
    }

    /**
     * Counts a request in each bucket that it fits into; in none if it does not fit into a required one. All of that happens at
     * once: however many nodes count at the same time, no bucket ever holds more than its capacity.
     *
     * @param buckets different buckets, at least one
     * @param limit how long to wait at most
     * @return for each bucket, how many requests it held before; empty if the store did not answer in time. The request may then
     *     be counted nevertheless
     */
    Optional<List<Double>> count(List<Bucket> buckets, Duration limit);
}

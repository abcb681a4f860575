package io.tokenguard.internal.limits;

import io.tokenguard.access.AccessToken;
import io.tokenguard.access.RefusedException;
import io.tokenguard.spi.SharedState.RequestCountStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Counts requests and bad tokens. Thread-safe. Uses bounded memory, whatever is sent. */
public interface Limiter {
    /** Opens a limiter. Found by {@link java.util.ServiceLoader}. */
    interface Provider {
        /** Opens a limiter for one configuration, and for later ones with equal terms. */
        Limiter open(Terms terms);
    }

    /**
     * What is counted.
     *
     * @param brake how bad tokens are counted
     * @param limits all limits, each once
     * @param maxBuckets how many counts a limit has at most
     * @param sharing where requests of all nodes are counted
     * @param nanoTime monotonic nanoseconds
     */
    record Terms(BrakeSettings brake, List<Limit> limits, int maxBuckets, Sharing sharing, LongSupplier nanoTime) {
        /** Copies the limits. */
        public Terms {
            limits = List.copyOf(limits);
        }

        /** Whether a limiter that was opened for these terms serves others. */
        public boolean isFor(Terms others) {
            return brake.equals(others.brake)
                    && limits.equals(others.limits)
                    && maxBuckets == others.maxBuckets
                    && sharing.equals(others.sharing);
        }
    }

    /**
     * Where requests of all nodes are counted.
     *
     * @param store the store; empty if each node counts its own
     * @param failsOpen whether each node counts its own while the store does not answer; otherwise requests are refused
     * @param timeout how long a request waits for the store
     */
    record Sharing(Optional<RequestCountStore> store, boolean failsOpen, Duration timeout) {
        /** Each node counts its own requests. */
        public static final Sharing NONE = new Sharing(Optional.empty(), true, Duration.ZERO);
    }

    /** The sender of a request. Each part is computed only if needed. */
    interface Sender {
        /** The numeric address, behind declared proxies; empty if unknown. */
        String address();

        /** The accepted token; empty if the route needs none. */
        Optional<AccessToken> token();
    }

    /** A token that is about to be verified. */
    interface Attempt {
        /** An attempt that nobody counts. */
        Attempt UNCOUNTED = new Attempt() {
            @Override
            public Optional<RefusedException> refusal() {
                return Optional.empty();
            }

            @Override
            public void failed(RefusedException refused, boolean isByTokenAlone) {}
        };

        /** Why the token should be refused without verifying it; empty if it should be verified. */
        Optional<RefusedException> refusal();

        /**
         * The token was verified and refused.
         *
         * @param isByTokenAlone whether the token alone decided that, in every request and without an answer of its issuer
         */
        void failed(RefusedException refused, boolean isByTokenAlone);
    }

    /**
     * What counting a request has shown.
     *
     * @param fields header fields for the answer
     * @param enforced the limit that the request exceeds; empty if there is none
     * @param reported the report-only limits that it exceeds
     */
    record Count(Map<String, String> fields, Optional<Excess> enforced, List<Excess> reported) {
        /** Nothing was counted. */
        public static final Count NOTHING = new Count(Map.of(), Optional.empty(), List.of());
    }

    /**
     * A limit that a request exceeds.
     *
     * @param charge the limit, and what the request costs of it
     * @param retryAfter when such a request is allowed again, from now
     */
    record Excess(Charge charge, Duration retryAfter) {
        /** The limit. */
        public Limit limit() {
            return charge.limit();
        }
    }

    /**
     * A token that is not cached is about to be verified.
     *
     * @param sender its sender; without a token
     * @param token the compact token; not kept
     */
    Attempt attempt(Sender sender, String token);

    /**
     * Counts a request that is about to be granted. A request beyond an enforced limit is not counted by the others.
     *
     * @throws RefusedException if the counts are unknown, and requests are to be refused then
     */
    Count count(List<Charge> charges, Sender sender) throws RefusedException;

    /** Whether {@link #count} may wait for a store. */
    boolean mayWait();
}

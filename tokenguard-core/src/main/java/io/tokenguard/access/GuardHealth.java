package io.tokenguard.access;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot of whether a guard can decide, and of what needs attention. Immutable.
 *
 * @param issuers the keys of each issuer; for tenants of a template, only those that are active
 * @param introspection the introspection endpoint of each introspected issuer
 * @param revocation the revocations
 * @param adapters the filters and features that were built for the guard
 */
public record GuardHealth(
        List<KeyHealth> issuers,
        List<IntrospectionHealth> introspection,
        RevocationHealth revocation,
        List<AdapterHealth> adapters) {
    /** Copies the lists. */
    public GuardHealth {
        issuers = List.copyOf(issuers);
        introspection = List.copyOf(introspection);
        adapters = List.copyOf(adapters);
    }

    /**
     * Whether requests can be decided: every issuer has keys, except tenants of a template; introspection endpoints answer;
     * revocations are known, or the failure policy lets tokens pass without them; and every required adapter is active.
     */
    public boolean isReady() {
        return revocation.state() != RevocationState.UNKNOWN
                && issuers.stream().allMatch(GuardHealth::hasKeys)
                && introspection.stream().allMatch(IntrospectionHealth::isServing)
                && adapters.stream()
                        .noneMatch(adapter -> adapter.isRequired() && adapter.state() != AdapterState.ACTIVE);
    }

    /** Whether an operator should look: not ready, an outage that does not affect requests yet, or an inactive adapter. */
    public boolean isDegraded() {
        return !isReady()
                || revocation.state() == RevocationState.DEGRADED
                || issuers.stream().anyMatch(issuer -> issuer.state() == KeyState.DEGRADED || issuer.hasNoUsableKey())
                || adapters.stream().anyMatch(adapter -> adapter.state() == AdapterState.INACTIVE);
    }

    /**
     * The health document ({@code docs/observability.md}), as the adapters, the console and Actuator show it: texts, numbers and
     * booleans, in lists and maps that can't be changed. Leaves out what is not known. Contains no token and no secret.
     */
    public Map<String, Object> document() {
        return HealthDocument.of(this);
    }

    private static boolean hasKeys(KeyHealth issuer) {
        return issuer.isTenant() || issuer.state() == KeyState.FRESH || issuer.state() == KeyState.DEGRADED;
    }

    /** The state of an issuer's keys. */
    public enum KeyState {
        /** The first fetch is still running. Requests wait for it, at most for its timeout, and then get 503. */
        STARTING,
        /** The last fetch succeeded and is recent. */
        FRESH,
        /** The last fetches failed; the keys of the last successful one are used. */
        DEGRADED,
        /** No keys are cached, or they are too old to use. Requests get 503. */
        UNAVAILABLE
    }

    /** The state of the revocation data. */
    public enum RevocationState {
        /** It is complete. */
        KNOWN,
        /** The store has a problem, but tokens are accepted: the outage is recent, or the failure policy is fail open. */
        DEGRADED,
        /** It is incomplete, and requests get 503. */
        UNKNOWN
    }

    /** Whether a runtime has started an adapter. */
    public enum AdapterState {
        /** It was built a few seconds ago; no runtime has started it yet. */
        WAITING,
        /** A runtime has started it. */
        ACTIVE,
        /** It was built, but no runtime started it in time: it protects nothing. */
        INACTIVE
    }

    /** The keys of one issuer. Immutable. A {@link io.tokenguard.spi.KeySource} builds it. */
    public static final class KeyHealth {
        private final Builder parts;

        private KeyHealth(Builder parts) {
            this.parts = parts;
        }

        /** The health of keys that need no fetching: {@link KeyState#FRESH}. */
        public static KeyHealth fixed(String issuer) {
            return builder(issuer, KeyState.FRESH).build();
        }

        /** Starts building the health of an issuer's keys; other values are empty, zero or false by default. */
        public static Builder builder(String issuer, KeyState state) {
            return new Builder(issuer, state);
        }

        /**
         * Returns this health with the number of signatures that each accepted algorithm has verified.
         *
         * @param signatures copied
         */
        public KeyHealth verifying(Map<SignatureAlgorithm, Long> signatures) {
            Builder copy = new Builder(parts);
            copy.signatures = Map.copyOf(signatures);
            return copy.build();
        }

        /** Returns this health, marked as that of a tenant. */
        public KeyHealth ofTenant() {
            Builder copy = new Builder(parts);
            copy.isTenant = true;
            return copy.build();
        }

        /** The issuer. */
        public String issuer() {
            return parts.issuer;
        }

        /** The state. */
        public KeyState state() {
            return parts.state;
        }

        /** When the keys were last fetched successfully; empty if never, or if they need no fetching. */
        public Optional<Instant> loadedAt() {
            return Optional.ofNullable(parts.loadedAt);
        }

        /**
         * Why the last fetch failed: the address, what was found and what to set, in at most about 1 000 characters of ASCII;
         * empty if it succeeded.
         */
        public Optional<String> lastFailure() {
            return Optional.ofNullable(parts.lastFailure);
        }

        /** The key IDs of at most 32 keys that are used, cut and escaped; empty if unknown, or if the keys have none. */
        public List<String> keysInUse() {
            return parts.keysInUse;
        }

        /** At most eight of the keys that are not used, each with its key ID and the reason; empty if all keys are used. */
        public Optional<String> keysLeftOut() {
            return Optional.of(parts.keysLeftOut).filter(reasons -> !reasons.isEmpty());
        }

        /** Whether all keys were left out, as far as the key source says: every signed token of the issuer gets 401. */
        public boolean hasNoUsableKey() {
            return keysByAlgorithm().isEmpty() && keysLeftOut().isPresent();
        }

        /**
         * How many of the keys verify each accepted algorithm that has some. A key without {@code alg} counts for each algorithm of
         * its type. Empty while no keys are cached, or if the key source does not say.
         */
        public Map<SignatureAlgorithm, Integer> keysByAlgorithm() {
            return parts.keysByAlgorithm;
        }

        /**
         * How many signatures of this issuer each accepted algorithm has verified since the guard was built, zero included. Cached
         * tokens are not verified again.
         */
        public Map<SignatureAlgorithm, Long> signaturesByAlgorithm() {
            return parts.signatures;
        }

        /** When the next fetch is due; empty if none is planned. */
        public Optional<Instant> nextAttempt() {
            return Optional.ofNullable(parts.nextAttempt);
        }

        /** The number of fetches that may still start within the current minute. */
        public int loadsLeft() {
            return parts.loadsLeft;
        }

        /** Whether a fetch is running. */
        public boolean isLoading() {
            return parts.isLoading;
        }

        /** Whether the issuer is a tenant of a template; its keys then do not decide whether the guard is ready. */
        public boolean isTenant() {
            return parts.isTenant;
        }

        private List<Object> values() {
            return List.of(
                    issuer(),
                    state(),
                    loadedAt(),
                    lastFailure(),
                    keysInUse(),
                    keysLeftOut(),
                    keysByAlgorithm(),
                    signaturesByAlgorithm(),
                    nextAttempt(),
                    loadsLeft(),
                    isLoading(),
                    isTenant());
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof KeyHealth that && values().equals(that.values());
        }

        @Override
        public int hashCode() {
            return values().hashCode();
        }

        /** Shows everything except the keys in use and whether the issuer is a tenant. */
        @Override
        public String toString() {
            return "KeyHealth[" + issuer() + " is " + state() + ", loaded at " + loadedAt() + ", last failure "
                    + lastFailure() + ", keys left out " + keysLeftOut() + ", keys " + keysByAlgorithm()
                    + ", signatures "
                    + signaturesByAlgorithm() + ", next attempt " + nextAttempt()
                    + ", loads left " + loadsLeft()
                    + (isLoading() ? ", loading]" : "]");
        }

        /** Builds the health of one issuer's keys. Not thread-safe. */
        public static final class Builder {
            private static final int MOST_SHOWN = 32;
            private final String issuer;
            private final KeyState state;
            private @Nullable Instant loadedAt;
            private @Nullable String lastFailure;
            private List<String> keysInUse = List.of();
            private String keysLeftOut = "";
            private Map<SignatureAlgorithm, Integer> keysByAlgorithm = Map.of();
            private Map<SignatureAlgorithm, Long> signatures = Map.of();
            private @Nullable Instant nextAttempt;
            private int loadsLeft;
            private boolean isLoading;
            private boolean isTenant;

            private Builder(String issuer, KeyState state) {
                this.issuer = issuer;
                this.state = state;
            }

            private Builder(Builder other) {
                this(other.issuer, other.state);
                loadedAt = other.loadedAt;
                lastFailure = other.lastFailure;
                keysInUse = other.keysInUse;
                keysLeftOut = other.keysLeftOut;
                keysByAlgorithm = other.keysByAlgorithm;
                signatures = other.signatures;
                nextAttempt = other.nextAttempt;
                loadsLeft = other.loadsLeft;
                isLoading = other.isLoading;
                isTenant = other.isTenant;
            }

            /** Sets when the keys were last fetched successfully. */
            public Builder loadedAt(Instant moment) {
                loadedAt = moment;
                return this;
            }

            /** Sets why the last fetch failed. */
            public Builder lastFailure(String rule) {
                lastFailure = rule;
                return this;
            }

            /** Sets the key IDs of the keys that are used; the first 32 are kept. */
            public Builder keysInUse(List<String> keyIds) {
                keysInUse = keyIds.stream().limit(MOST_SHOWN).toList();
                return this;
            }

            /** Sets which keys are not used, and why; empty if all are used. */
            public Builder keysLeftOut(String reasons) {
                keysLeftOut = reasons;
                return this;
            }

            /** Sets how many of the keys verify each algorithm; copied. */
            public Builder keysByAlgorithm(Map<SignatureAlgorithm, Integer> counts) {
                keysByAlgorithm = Map.copyOf(counts);
                return this;
            }

            /** Sets when the next fetch is due. */
            public Builder nextAttempt(Instant moment) {
                nextAttempt = moment;
                return this;
            }

            /** Sets how many fetches may still start within the current minute. */
            public Builder loadsLeft(int count) {
                loadsLeft = count;
                return this;
            }

            /** Sets whether a fetch is running. */
            public Builder loading(boolean isRunning) {
                isLoading = isRunning;
                return this;
            }

            /** The health. */
            public KeyHealth build() {
                return new KeyHealth(new Builder(this));
            }
        }
    }

    /**
     * The introspection of one issuer's tokens.
     *
     * @param issuer the issuer
     * @param lastFailure why the last call failed: the address, what was found and what to set; empty if it succeeded, or none
     *     was made
     * @param refusesUs whether the endpoint last refused this API's credentials (RFC 7662 §2.3)
     * @param nextCallAt when the circuit closes again; empty if it is closed
     */
    public record IntrospectionHealth(
            String issuer, Optional<String> lastFailure, boolean refusesUs, Optional<Instant> nextCallAt) {
        /** Whether tokens can be introspected. */
        public boolean isServing() {
            return !refusesUs && nextCallAt.isEmpty();
        }
    }

    /**
     * The revocation data of this node.
     *
     * @param state whether it is complete
     * @param syncedAt when the revocations of other nodes were last known to be complete; empty if never, or if there is no
     *     shared store
     * @param trouble why they are not up to date, in a few words; empty if they are
     * @param entries the number of revocations in memory, including those that ended within the last hour
     */
    public record RevocationHealth(
            RevocationState state, Optional<Instant> syncedAt, Optional<String> trouble, int entries) {}

    /**
     * An adapter, such as a filter or a feature.
     *
     * @param adapter its name
     * @param state whether its runtime has started it
     * @param isRequired whether the guard is ready only while the adapter is {@link AdapterState#ACTIVE}
     */
    public record AdapterHealth(String adapter, AdapterState state, boolean isRequired) {}
}

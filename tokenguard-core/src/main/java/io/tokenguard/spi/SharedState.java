package io.tokenguard.spi;

import io.tokenguard.access.ConfigurationException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * State that outlives a process or is shared by the nodes of one API: revocations, key bans, used proofs, received event
 * tokens, and the nonce secret. Thread-safe.
 */
public interface SharedState extends AutoCloseable {
    /** Opens a shared state by its address. Found by {@link java.util.ServiceLoader}. */
    interface Provider {
        /** Whether the provider supports the address. */
        boolean serves(URI address);

        /**
         * Opens the state. Whether this waits for a connection depends on the provider; see its documentation.
         *
         * @param location the address and the credentials
         * @param terms what the guard asks of it
         * @throws ConfigurationException if the location or the terms are not supported
         */
        SharedState open(Location location, Terms terms);
    }

    /** Opens a state that the application configures in code. Called at most once for each guard that uses it. */
    @FunctionalInterface
    interface Opener {
        /**
         * Opens the state.
         *
         * @param terms what the guard asks of it
         * @throws ConfigurationException if the terms are not supported
         */
        SharedState open(Terms terms);
    }

    /**
     * The location of a state, with credentials.
     *
     * @param address the address: {@code redis:}, {@code rediss:} and their variants, {@code jdbc:}, or {@code file:} for a
     *     folder on this machine
     * @param user the database user; empty if the address or the database states it
     * @param password the password of that user
     * @param tablePrefix the prefix of table names; empty for the provider's default
     */
    record Location(URI address, Optional<String> user, Optional<String> password, Optional<String> tablePrefix) {
        /** A location without user, password and table prefix. */
        public static Location of(URI address) {
            return new Location(address, Optional.empty(), Optional.empty(), Optional.empty());
        }

        /** The same location with a database user. */
        public Location user(String name) {
            return new Location(address, Optional.of(name), password, tablePrefix);
        }

        /** The same location with a password. */
        public Location password(String secret) {
            return new Location(address, user, Optional.of(secret), tablePrefix);
        }

        /** The same location with a table prefix. */
        public Location tablePrefix(String prefix) {
            return new Location(address, user, password, Optional.of(prefix));
        }

        /** Shows nothing: the address may contain a password. */
        @Override
        public String toString() {
            return "Location[not shown]";
        }
    }

    /**
     * The requirements of a guard on a shared state.
     *
     * <p>They do not change during the lifetime of a guard, so that a state stays open when the configuration is replaced. The
     * guard, not the state, decides how to handle an outage.
     *
     * @param clock the time for proofs and revocations
     */
    record Terms(Clock clock) {}

    /**
     * Stores which logout tokens and security event tokens were processed, so that a duplicate is acknowledged but not processed
     * again. Losing an entry is harmless: the token revokes only what was issued before it. Thread-safe.
     */
    interface ReceivedTokenStore {
        /**
         * Whether a token was processed before, on any node. Waits for a bounded time; returns {@code false} if that is unknown.
         *
         * @param token 32 bytes that identify the token; neither changed nor kept
         */
        boolean contains(byte[] token);

        /**
         * Stores that a token was processed. Waits for a bounded time; does nothing if the store is unreachable.
         *
         * @param token 32 bytes that identify the token; neither changed nor kept
         * @param forgetAt when the entry may be removed
         */
        void add(byte[] token, Instant forgetAt);
    }

    /**
     * Counts of one process in one time slot.
     *
     * @param span the length of its slots, such as {@code minutes}; at most 16 characters
     * @param slot the number of the slot, from 1970
     * @param writer the process; at most 32 characters
     * @param counts what was counted, as text that only writers read; at most 16 000 characters
     * @param forgetAt when it may be removed
     */
    record RollUp(String span, long slot, String writer, String counts, Instant forgetAt) {}

    /**
     * Stores counts over time, such as those of the console, so that they outlive a process and can be added up over all
     * nodes. No decision depends on them. Calls may block for seconds: not for request threads. Thread-safe.
     */
    interface RollUpStore {
        /**
         * Stores all of them, or none. Replaces those with the same span, slot and writer.
         *
         * @return whether they are stored
         */
        boolean put(List<RollUp> rollUps);

        /**
         * The roll-ups of all writers in a range of slots.
         *
         * @param from the first slot
         * @param until the first slot after the range
         * @return in no particular order; empty if the store does not answer
         */
        Optional<List<RollUp>> read(String span, long from, long until);
    }

    /**
     * Counts the requests of all nodes, in buckets that empty evenly over time. The store's own clock counts, so that the clocks of
     * nodes may differ. A bucket that is empty again takes no space. Thread-safe.
     */
    @FunctionalInterface
    interface RequestCountStore {
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

    /** The revocations of all nodes. */
    RevocationStore revocations();

    /** The proofs that were used on any node. */
    ReplayStore replays();

    /**
     * The event tokens and logout tokens that were processed on any node; empty if this state does not store them. Each node
     * then knows only its own.
     */
    default Optional<ReceivedTokenStore> receivedTokens() {
        return Optional.empty();
    }

    /** Counts over time; empty if this state does not store them. Always the same object. */
    default Optional<RollUpStore> rollUps() {
        return Optional.empty();
    }

    /**
     * The requests of all nodes, for rate limits; empty if this state does not count them. Each node then counts its own. Always
     * the same object.
     */
    default Optional<RequestCountStore> requestCounts() {
        return Optional.empty();
    }

    /** Writes that happen once on all nodes; empty if this state does not store them. Always the same object. */
    default Optional<WriteStore> writes() {
        return Optional.empty();
    }

    /** The secret from which all nodes create nonces, at least 32 characters; empty while it is unknown. */
    Optional<String> nonceSecret();

    /** Releases threads and connections, including those of the stores. */
    @Override
    void close();

    /**
     * Stores which writes run and how they were answered, so that each happens once on all nodes. Each call waits for a bounded
     * time. Thread-safe.
     */
    interface WriteStore {
        /**
         * An attempt to run a write.
         *
         * @param key identifies the write: 43 characters of base64url
         * @param holder identifies who sent it, for shares of a bounded memory: 43 characters of base64url
         * @param owner identifies this attempt: at most 32 characters, never used again
         * @param now the time of the attempt
         * @param until when another attempt may run, if this one has neither been answered nor released
         */
        record Claim(String key, String holder, String owner, Instant now, Instant until) {
            /** Shows nothing. */
            @Override
            public String toString() {
                return "Claim[not shown]";
            }
        }

        /** What is known of a write. */
        enum State {
            /** No attempt runs and none was answered: this one may run. Exactly one of any concurrent callers gets this result. */
            FIRST,
            /** Another attempt runs. */
            RUNNING,
            /** It was answered. */
            DONE,
            /** The claim's holder, or the store, is at its bound; nothing is claimed. */
            FULL,
            /** Not known: the store does not answer. */
            UNKNOWN
        }

        /**
         * The answer to a claim.
         *
         * @param state what is known
         * @param record the record of a write that was answered; else empty
         */
        record Claimed(State state, String record) {
            /** Without a record. */
            public static Claimed of(State state) {
                return new Claimed(state, "");
            }

            /** Shows no record. */
            @Override
            public String toString() {
                return "Claimed[" + state + "]";
            }
        }

        /** Claims a write. Nothing stays claimed if the result is not {@link State#FIRST}, as far as the store can be reached. */
        Claimed claim(Claim claim);

        /**
         * Stores the record of a write, unless another attempt has claimed it or a record is stored.
         *
         * @param claim the claim under which it ran
         * @param record at most 1000000 characters
         * @param forgetAt when the record may be removed, and not before
         * @return whether it is stored
         */
        boolean finish(Claim claim, String record, Instant forgetAt);

        /** Lets another attempt run, unless a record is stored or another attempt has the claim. */
        void release(Claim claim);
    }
}

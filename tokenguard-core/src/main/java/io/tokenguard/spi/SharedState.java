package io.tokenguard.spi;

import io.tokenguard.access.ConfigurationException;
import java.net.URI;
import java.time.Clock;
import java.util.Optional;

/**
 * State that outlives a process or is shared by the nodes of one API: revocations, key bans, used proofs, received event
 * tokens, and the nonce secret. Thread-safe.
 */
public interface SharedState extends AutoCloseable {
    /** Opens a shared state by its address. Found by {@link java.util.ServiceLoader}. */
    interface Provider {
        /** Whether the address is of the provider's kind. */
        boolean serves(URI address);

        /**
         * Opens the state. Whether this waits for the other side is up to the provider; see its documentation.
         *
         * @param location where it is, and how this API authenticates there
         * @param terms what the guard asks of it
         * @throws ConfigurationException if the location or the terms can't be served
         */
        SharedState open(Location location, Terms terms);
    }

    /** Opens a state that the application described in code. Called at most once for each guard that uses it. */
    @FunctionalInterface
    interface Opener {
        /**
         * Opens the state.
         *
         * @param terms what the guard asks of it
         * @throws ConfigurationException if the terms can't be served
         */
        SharedState open(Terms terms);
    }

    /**
     * Where a state is.
     *
     * @param address the address: {@code redis:}, {@code rediss:} and their variants, {@code jdbc:}, or {@code file:} for a
     *     folder on this machine
     * @param user the database user; empty where the address or the database names one
     * @param password the password of that user
     * @param tablePrefix the start of the names of tables; empty for the provider's default
     */
    record Location(URI address, Optional<String> user, Optional<String> password, Optional<String> tablePrefix) {
        /** A location without user, password and table prefix. */
        public static Location of(URI address) {
            return new Location(address, Optional.empty(), Optional.empty(), Optional.empty());
        }

        /** The same location, as a database user. */
        public Location user(String name) {
            return new Location(address, Optional.of(name), password, tablePrefix);
        }

        /** The same location, with a password. */
        public Location password(String secret) {
            return new Location(address, user, Optional.of(secret), tablePrefix);
        }

        /** The same location, with tables whose names start with a prefix. */
        public Location tablePrefix(String prefix) {
            return new Location(address, user, password, Optional.of(prefix));
        }

        /** Shows nothing: the address may hold a password. */
        @Override
        public String toString() {
            return "Location[not shown]";
        }
    }

    /**
     * What a guard asks of a shared state.
     *
     * <p>They stay the same for as long as the guard lives, so that a state stays open through a change of the
     * configuration. What is done during an outage is decided by the guard, not by the state.
     *
     * @param clock tells the time of proofs and revocations
     */
    record Terms(Clock clock) {}

    /** The revocations of all nodes. */
    RevocationStore revocations();

    /** The proofs that were used on any node. */
    ReplayStore replays();

    /**
     * The event tokens and logout tokens that were received and carried out on any node; empty if this state does not keep
     * them, and each node then knows its own only.
     */
    default Optional<ReceivedTokenStore> receivedTokens() {
        return Optional.empty();
    }

    /** At least 32 characters that all nodes make nonces with; empty while they are not known. */
    Optional<String> nonceSecret();

    /** Gives back threads and connections, those of the stores too. */
    @Override
    void close();
}

package io.tokenguard.spi;

import io.tokenguard.access.ConfigurationException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** What the nodes of one API share: revocations, used proofs, and the secret of nonces. */
public interface SharedState extends AutoCloseable {
    /** Opens a shared state by its address. Found by {@link java.util.ServiceLoader}. */
    interface Provider {
        /** Whether the address is of the provider's kind. */
        boolean serves(URI address);

        /**
         * Opens the state. Returns whether the other side can be reached or not.
         *
         * @param address where it is, with credentials where it needs some
         * @param terms what the guard asks of it
         * @throws ConfigurationException if the address or the terms can't be served
         */
        SharedState open(URI address, Terms terms);
    }

    /**
     * What a guard asks of a shared state.
     *
     * @param clock tells the time of proofs and revocations
     * @param replayCapacity how many live proofs a node remembers by itself while the others are out of reach
     * @param outageAfter how long the state may be out of reach before proofs are judged by {@code judgesAlone}
     * @param judgesAlone whether a node may judge proofs by its own memory while it can't ask; gives up that a proof is good
     *     on one node only
     */
    record Terms(Clock clock, int replayCapacity, Duration outageAfter, boolean judgesAlone) {}

    /** The revocations of all nodes. */
    RevocationStore revocations();

    /** The proofs that were used on any node. */
    ReplayStore replays();

    /** At least 32 characters that all nodes make nonces with; empty while they are not known. */
    Optional<String> nonceSecret();

    /** Gives back threads and connections, those of the stores too. */
    @Override
    void close();
}

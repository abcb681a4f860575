package io.tokenguard.cli;

import io.tokenguard.access.ConfigurationException;
import io.tokenguard.access.Revocation;
import io.tokenguard.internal.settings.SharedSettings;
import io.tokenguard.spi.ReplayStore;
import io.tokenguard.spi.SharedState;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;

/** The shared state that a configuration names, opened for this process. Thread-safe. */
final class SharedStore implements AutoCloseable {
    static final String FOLDER_BELONGS_TO_ITS_NODE =
            "the database in tokenguard.state.folder belongs to one running node and can't be opened by a second process. Name"
                    + " the node's console by --node and --token-file instead of a configuration, or use a database or Redis"
                    + " that all nodes share (tokenguard.state.jdbc-uri, tokenguard.revocation.redis-uri)";
    private static final int PROOF_LENGTH = 32;

    private final SharedState state;
    private final Map<String, Revocation> known = new LinkedHashMap<>();

    private SharedStore(SharedState state) {
        this.state = state;
        state.revocations().follow(this::add);
    }

    /**
     * Opens it, and starts to read.
     *
     * @throws ConfigurationException if it can't be opened
     */
    static SharedStore open(SharedSettings shared) {
        SharedState.Location place = shared.location().orElseThrow();
        return new SharedStore(ServiceLoader.load(SharedState.Provider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(provider -> provider.serves(place.address()))
                .findFirst()
                .orElseThrow(() -> ConfigurationException.of(
                        shared.key(),
                        "(not shown)",
                        "this command opens redis://, rediss:// and jdbc:postgresql:// only; write the address in one of these"
                                + " forms"))
                .open(place, new SharedState.Terms(Clock.systemUTC())));
    }

    private synchronized void add(Revocation revocation) {
        known.put(revocation.kind() + revocation.target() + revocation.issuedBefore(), revocation);
    }

    /** The revocations that were read. */
    synchronized Collection<Revocation> revocations() {
        return Map.copyOf(known).values();
    }

    /** Waits until all revocations are read. Returns why they are not; empty if they are. */
    Optional<String> awaitSync() {
        boolean isSynced = Patience.OF_STORES.await(
                () -> state.revocations().sinceSync().isPresent(),
                () -> state.revocations().trouble().isPresent());
        return isSynced
                ? Optional.empty()
                : Optional.of(state.revocations().trouble().orElse("no answer in time"));
    }

    boolean isWritable() {
        byte[] proof = new byte[PROOF_LENGTH];
        new SecureRandom().nextBytes(proof);
        Instant now = Instant.now();
        return state.replays().use(proof, now, now.plus(Duration.ofMinutes(1))) == ReplayStore.Use.FIRST;
    }

    /** Waits for a moment. */
    static void pause() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new UsageException("Interrupted");
        }
    }

    @Override
    public void close() {
        state.close();
    }
}

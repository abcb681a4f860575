package io.tokenguard;

import io.tokenguard.internal.possession.InMemoryReplayStore;
import io.tokenguard.internal.revocation.RevocationMemory;
import io.tokenguard.spi.ReplayStore;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What outlasts a configuration: which keys are banned, which proofs were used on this machine, and what nonces are made
 * with where nothing is configured. Configurations are made one at a time.
 */
final class Lasting {
    private static final int SECRET_BYTES = 32;

    private final Set<String> bannedKeys = ConcurrentHashMap.newKeySet();
    private final byte[] nonceSecret = new byte[SECRET_BYTES];
    private @Nullable InMemoryReplayStore memory;
    private @Nullable RevocationMemory revocations;

    Lasting() {
        new SecureRandom().nextBytes(nonceSecret);
    }

    Set<String> bannedKeys() {
        return bannedKeys;
    }

    byte[] nonceSecret() {
        return nonceSecret.clone();
    }

    /** The store of a configuration. The memory of this process is made once: what it knows must not be forgotten. */
    ReplayStore replays(Dpop settings, Clock clock) {
        if (settings.replayStore().isPresent()) {
            return settings.replayStore().get();
        }
        InMemoryReplayStore known = memory == null ? new InMemoryReplayStore(clock, settings.replayCapacity()) : memory;
        known.resize(settings.replayCapacity());
        memory = known;
        return known;
    }

    /** The revocations, whatever the configuration: only how many there may be is its own. */
    RevocationMemory revocations(Revocations settings) {
        RevocationMemory known = revocations == null ? new RevocationMemory(settings.capacity()) : revocations;
        known.resize(settings.capacity());
        revocations = known;
        return known;
    }
}

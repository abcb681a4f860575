package io.tokenguard;

import io.tokenguard.spi.ReplayStore;
import io.tokenguard.spi.RevocationStore;
import io.tokenguard.spi.SharedState;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What of a guard is shared with other nodes, as it was opened; or nothing.
 *
 * @param settings what it was opened by
 * @param state what was opened
 * @param revocations the revocations of all nodes
 * @param replays the proofs of all nodes
 */
record OpenedSharedState(
        SharedSettings settings,
        Optional<SharedState> state,
        Optional<RevocationStore> revocations,
        Optional<ReplayStore> replays)
        implements AutoCloseable {
    static final OpenedSharedState NOTHING =
            new OpenedSharedState(SharedSettings.NONE, Optional.empty(), Optional.empty(), Optional.empty());

    static OpenedSharedState of(SharedSettings settings, SharedState state) {
        return new OpenedSharedState(
                settings, Optional.of(state), Optional.of(state.revocations()), Optional.of(state.replays()));
    }

    /** What nonces are made with; the node's own secret as long as no other is known. */
    Supplier<byte[]> nonceSecret(byte[] own) {
        return () -> state.flatMap(SharedState::nonceSecret)
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .orElse(own);
    }

    @Override
    public void close() {
        state.ifPresent(SharedState::close);
    }

    /** Closes it, unless a newer configuration goes on to use it. */
    void closeFor(OpenedSharedState newer) {
        if (!settings.isOpenedAs(newer)) {
            close();
        }
    }

    /** Shows nothing of the address: there may be a password in it. */
    @Override
    public String toString() {
        return "OpenedSharedState[not shown]";
    }
}

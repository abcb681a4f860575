package io.tokenguard.gateway;

import io.tokenguard.access.Revocation;
import io.tokenguard.spi.ReplayStore;
import io.tokenguard.spi.RevocationStore;
import io.tokenguard.spi.SharedState;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** A shared state of an application that does not know of writes. */
final class StateWithoutWrites implements SharedState {
    @Override
    public RevocationStore revocations() {
        return new RevocationStore() {
            @Override
            public boolean publish(Revocation revocation) {
                return true;
            }

            @Override
            public void follow(Consumer<Revocation> follower) {}

            @Override
            public Optional<Duration> sinceSync() {
                return Optional.of(Duration.ZERO);
            }

            @Override
            public Optional<String> trouble() {
                return Optional.empty();
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public ReplayStore replays() {
        return (proof, madeAt, forgetAt) -> ReplayStore.Use.FIRST;
    }

    @Override
    public Optional<String> nonceSecret() {
        return Optional.empty();
    }

    @Override
    public void close() {}
}

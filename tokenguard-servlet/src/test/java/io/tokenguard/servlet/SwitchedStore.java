package io.tokenguard.servlet;

import io.tokenguard.access.Revocation;
import io.tokenguard.spi.RevocationStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** A store that stands for many nodes: what one publishes the others hear at once, while it is in sync. */
final class SwitchedStore implements RevocationStore {
    private final List<Consumer<Revocation>> memories = new CopyOnWriteArrayList<>();
    private final List<Revocation> kept = new CopyOnWriteArrayList<>();
    private volatile Optional<Duration> age = Optional.empty();

    void sync() {
        age = Optional.of(Duration.ZERO);
        kept.forEach(this::handOn);
    }

    void cutOffFor(Duration time) {
        age = Optional.of(time);
    }

    void handOn(Revocation revocation) {
        memories.forEach(memory -> memory.accept(revocation));
    }

    @Override
    public void follow(Consumer<Revocation> memory) {
        memories.add(memory);
    }

    @Override
    public boolean publish(Revocation revocation) {
        kept.add(revocation);
        if (age.equals(Optional.of(Duration.ZERO))) {
            handOn(revocation);
        }
        return true;
    }

    @Override
    public Optional<Duration> sinceSync() {
        return age;
    }

    @Override
    public Optional<String> trouble() {
        return age.equals(Optional.of(Duration.ZERO)) ? Optional.empty() : Optional.of("out of reach");
    }

    @Override
    public void close() {}
}

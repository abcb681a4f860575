package io.tokenguard;

import io.tokenguard.access.Revocation;
import io.tokenguard.spi.RevocationStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** A store that is in sync when it is told so, and hands on what it is told. At first it has never been. */
class DrilledRevocationStore implements RevocationStore {
    private final List<Revocation> published = new CopyOnWriteArrayList<>();
    private final List<Consumer<Revocation>> followers = new CopyOnWriteArrayList<>();
    private volatile Optional<Duration> sinceSync = Optional.empty();
    private volatile Optional<String> trouble = Optional.of("not reached yet");
    private volatile boolean isClosed;

    void sync() {
        since(Duration.ZERO);
        trouble = Optional.empty();
    }

    void since(Duration age) {
        sinceSync = Optional.of(age);
    }

    void fail(String why) {
        trouble = Optional.of(why);
    }

    void bring(Revocation revocation) {
        followers.forEach(follower -> follower.accept(revocation));
    }

    List<Revocation> published() {
        return new ArrayList<>(published);
    }

    int followers() {
        return followers.size();
    }

    boolean isClosed() {
        return isClosed;
    }

    @Override
    public void follow(Consumer<Revocation> memory) {
        followers.add(memory);
    }

    @Override
    public boolean publish(Revocation revocation) {
        return published.add(revocation);
    }

    @Override
    public Optional<Duration> sinceSync() {
        return sinceSync;
    }

    @Override
    public Optional<String> trouble() {
        return trouble;
    }

    @Override
    public void close() {
        isClosed = true;
    }
}

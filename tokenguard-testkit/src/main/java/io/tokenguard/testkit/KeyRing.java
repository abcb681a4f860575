package io.tokenguard.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The keys of one issuer: what it signs with, what it publishes, and what it pretends to publish. Thread-safe. */
final class KeyRing {
    private final List<TestKey> published;
    private final List<String> handMadeJwks = new ArrayList<>();
    private final AtomicReference<List<TestKey>> borrowed;
    private TestKey current;
    private @Nullable String rawDocument;

    KeyRing(List<TestKey> keys) {
        this(keys, List.of());
    }

    private KeyRing(List<TestKey> keys, List<TestKey> borrowed) {
        this.borrowed = new AtomicReference<>(borrowed);
        this.published = new ArrayList<>(keys);
        this.current = keys.get(0);
    }

    /** A ring with keys of {@link DefaultKeys}. */
    static KeyRing ofDefaults() {
        List<TestKey> keys = DefaultKeys.OF_PROCESS.take();
        return new KeyRing(keys, keys);
    }

    /** Gives borrowed keys back, once. */
    void release() {
        DefaultKeys.OF_PROCESS.giveBack(borrowed.getAndSet(List.of()));
    }

    synchronized List<TestKey> published() {
        return List.copyOf(published);
    }

    synchronized TestKey current() {
        return current;
    }

    /** The key a token of this algorithm is signed with: the current one where it fits, else the newest published. */
    synchronized Optional<TestKey> keyFor(TestAlgorithm algorithm) {
        if (current.algorithm() == algorithm) {
            return Optional.of(current);
        }
        return published.stream().filter(key -> key.algorithm() == algorithm).reduce((older, newer) -> newer);
    }

    synchronized TestKey rotateTo(TestKey next) {
        publish(next);
        current = next;
        return next;
    }

    synchronized void publish(TestKey key) {
        Objects.requireNonNull(key, "key");
        if (!published.contains(key)) {
            published.add(key);
        }
    }

    synchronized void withdraw(Predicate<TestKey> which, String kid) {
        if (!published.removeIf(which)) {
            throw new IllegalArgumentException("No published key has the kid '" + kid + "'");
        }
    }

    synchronized void publishRaw(String document) {
        rawDocument = Objects.requireNonNull(document, "document");
    }

    synchronized void publishJwk(String jwk) {
        handMadeJwks.add(Objects.requireNonNull(jwk, "jwk"));
    }

    synchronized void stopLying() {
        rawDocument = null;
        handMadeJwks.clear();
    }

    /** RFC 7517 §5. The hand-made members are not parsed: they may be anything. */
    synchronized String document() {
        if (rawDocument != null) {
            return rawDocument;
        }
        List<String> jwks = new ArrayList<>();
        published.forEach(key -> jwks.add(key.publicJwk()));
        jwks.addAll(handMadeJwks);
        return "{\"keys\":[" + String.join(",", jwks) + "]}";
    }
}

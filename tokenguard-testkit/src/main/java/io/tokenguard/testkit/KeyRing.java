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
    private final Optional<SharedSecret> secret;
    private final Optional<TestEncryption> recipient;
    private TestKey current;
    private @Nullable String rawDocument;

    private KeyRing(
            List<TestKey> keys,
            List<TestKey> borrowed,
            Optional<SharedSecret> secret,
            Optional<TestEncryption> recipient) {
        this.borrowed = new AtomicReference<>(borrowed);
        this.published = new ArrayList<>(secret.isPresent() ? List.of() : keys);
        this.current = keys.get(0);
        this.secret = secret;
        this.recipient = recipient;
    }

    /** A ring with these keys, or with keys of {@link DefaultKeys} if there are none. */
    static KeyRing of(List<TestKey> keys, Optional<TestEncryption> recipient) {
        List<TestKey> borrowed = keys.isEmpty() ? DefaultKeys.OF_PROCESS.take() : List.of();
        return new KeyRing(keys.isEmpty() ? borrowed : keys, borrowed, Optional.empty(), recipient);
    }

    /** A ring that publishes nothing, and whose tokens are signed with a secret unless a key is named. */
    static KeyRing of(SharedSecret secret, Optional<TestEncryption> recipient) {
        List<TestKey> unpublished = List.of(TestKey.generate(TestAlgorithm.ES256));
        return new KeyRing(unpublished, List.of(), Optional.of(secret), recipient);
    }

    /** What tokens are signed with if no key is named. */
    Optional<SharedSecret> secret() {
        return secret;
    }

    /** Whom access tokens are encrypted for. */
    Optional<TestEncryption> recipient() {
        return recipient;
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

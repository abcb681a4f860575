package io.tokenguard.testkit;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A client that is registered at a {@link TestIssuer}. Immutable: each method returns another value.
 *
 * <p>A client with a secret is confidential: it must authenticate by {@code client_secret_basic} or
 * {@code client_secret_post} (RFC 6749 §2.3.1). A client without a secret is public: it may use codes, with PKCE, but not
 * client credentials.
 */
public final class TestClient {
    private final String id;
    private final List<String> redirectUris;
    private final Optional<String> secret;
    private final Optional<TestKey> requestKey;
    private final boolean pushesRequests;

    private TestClient(
            String id,
            List<String> redirectUris,
            Optional<String> secret,
            Optional<TestKey> requestKey,
            boolean pushesRequests) {
        this.id = id;
        this.redirectUris = redirectUris;
        this.secret = secret;
        this.requestKey = requestKey;
        this.pushesRequests = pushesRequests;
    }

    /** A public client with this {@code client_id} that has no redirect URI yet. */
    public static TestClient named(String clientId) {
        return new TestClient(
                Objects.requireNonNull(clientId, "clientId"), List.of(), Optional.empty(), Optional.empty(), false);
    }

    /**
     * Sets where codes may be sent. A request must name one of these exactly (RFC 9700 §4.1.3); only the port of
     * {@code http://127.0.0.1} and {@code http://[::1]} may be another (RFC 8252 §7.3).
     */
    public TestClient redirectUris(String... uris) {
        return new TestClient(id, List.of(uris), secret, requestKey, pushesRequests);
    }

    /** Makes the client confidential. */
    public TestClient secret(String text) {
        return new TestClient(id, redirectUris, Optional.of(text), requestKey, pushesRequests);
    }

    /** Lets the client sign its authorization requests with this key (RFC 9101), as RS256, PS256, ES256, ES384, ES512 or EdDSA. */
    public TestClient requestKey(TestKey key) {
        return new TestClient(id, redirectUris, secret, Optional.of(key), pushesRequests);
    }

    /** Refuses authorization requests that were not pushed (RFC 9126 §6). */
    public TestClient requirePushedRequests() {
        return new TestClient(id, redirectUris, secret, requestKey, true);
    }

    /** Its {@code client_id}. */
    public String id() {
        return id;
    }

    List<String> redirectUris() {
        return redirectUris;
    }

    Optional<String> secret() {
        return secret;
    }

    Optional<TestKey> requestKey() {
        return requestKey;
    }

    boolean pushesRequests() {
        return pushesRequests;
    }

    /** Shows the identifier only. */
    @Override
    public String toString() {
        return "TestClient[" + id + "]";
    }
}

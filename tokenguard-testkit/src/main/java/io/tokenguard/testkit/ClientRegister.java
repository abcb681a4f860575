package io.tokenguard.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * The clients of an issuer. If none is registered, every {@code client_id} is a client, with any secret or none.
 *
 * @param registered the clients
 */
record ClientRegister(List<TestClient> registered) {
    private static final String BASIC = "Basic ";

    private record Credentials(Optional<String> id, Optional<String> secret) {}

    /** Whether every client is served. */
    boolean isOpen() {
        return registered.isEmpty();
    }

    Optional<TestClient> find(String id) {
        return isOpen()
                ? Optional.of(TestClient.named(id))
                : registered.stream().filter(client -> client.id().equals(id)).findFirst();
    }

    boolean mayRedirect(TestClient client, String uri) {
        return RedirectUris.isAscii(uri)
                && (isOpen() ? RedirectUris.isLocal(uri) : RedirectUris.isRegistered(client, uri));
    }

    /** RFC 6749 §2.3.1 and §3.2.1: a client uses one method of authentication only. */
    TestClient authenticated(RecordedRequest request, Form form) throws GrantRefusal {
        Optional<String> authorization = request.header("Authorization");
        Credentials shown = authorization.isPresent()
                ? ofHeader(authorization.get())
                : new Credentials(form.value("client_id"), form.value("client_secret"));
        if (authorization.isPresent() && form.value("client_secret").isPresent()) {
            throw GrantRefusal.of("invalid_request", "The client authenticates twice");
        }
        TestClient client = shown.id()
                .filter(id -> form.value("client_id").orElse(id).equals(id))
                .flatMap(this::find)
                .orElseThrow(() -> GrantRefusal.ofClient("The client is unknown, or client_id is missing"));
        if (!isOpen() && !client.secret().equals(shown.secret())) {
            throw GrantRefusal.ofClient("The secret is missing or wrong, or the client has none");
        }
        return client;
    }

    private static Credentials ofHeader(String authorization) throws GrantRefusal {
        if (!authorization.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
            throw GrantRefusal.ofClient("Clients authenticate by Basic or by parameters");
        }
        String[] pair = text(authorization.substring(BASIC.length()).strip()).split(":", 2);
        return new Credentials(nonEmpty(pair[0]), pair.length < 2 ? Optional.empty() : nonEmpty(pair[1]));
    }

    private static Optional<String> nonEmpty(String encoded) {
        return Optional.of(Form.decoded(encoded)).filter(text -> !text.isEmpty());
    }

    private static String text(String base64) {
        try {
            return new String(Base64.getDecoder().decode(base64), UTF_8);
        } catch (IllegalArgumentException malformed) {
            return "";
        }
    }
}

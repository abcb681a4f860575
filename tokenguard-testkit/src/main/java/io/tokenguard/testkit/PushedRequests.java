package io.tokenguard.testkit;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** The pushed authorization request endpoint (RFC 9126), and where requests have their parameters. Thread-safe. */
final class PushedRequests {
    private static final Duration LIFETIME = Duration.ofSeconds(90);
    private static final String URN = "urn:ietf:params:oauth:request_uri:";
    private static final int CREATED = 201;

    private final ExpiringStore<Pushed> pushed;
    private final ClientRegister clients;
    private final RequestObjects objects;
    private final DpopProofs proofs;
    private final String address;

    PushedRequests(IssuerAddress address, ClientRegister clients, DpopProofs proofs, Clock clock) {
        this.pushed = new ExpiringStore<>(clock, LIFETIME);
        this.objects = new RequestObjects(address.issuer(), clock);
        this.address = address.uriOf(TestEndpoint.PUSHED_AUTHORIZATION).toString();
        this.clients = clients;
        this.proofs = proofs;
    }

    private record Pushed(String client, Form form) {}

    HonestAnswer answer(RecordedRequest request) {
        Form form = Form.of(request);
        try {
            form.requireSound();
            TestClient client = clients.authenticated(request, form);
            if (form.value("request_uri").isPresent()) {
                throw GrantRefusal.of("invalid_request", "request_uri can't be pushed");
            }
            Form bound = bound(own(form, client), proofs.keyOf(request, address));
            AuthorizationRequest.of(client, bound, clients).check();
            String uri = URN + pushed.add(new Pushed(client.id(), bound));
            return HonestAnswer.json(CREATED, Map.of("request_uri", uri, "expires_in", LIFETIME.toSeconds()));
        } catch (GrantRefusal refusal) {
            return refusal.answer();
        }
    }

    /** The parameters of a request, which may be pushed or signed. A pushed request is used once (RFC 9126 §4). */
    Form parameters(Form sent, TestClient client) throws GrantRefusal {
        Optional<String> uri = sent.value("request_uri");
        if (uri.isPresent()) {
            return pushed.take(uri.get().startsWith(URN) ? uri.get().substring(URN.length()) : "")
                    .filter(request -> request.client().equals(client.id()))
                    .map(Pushed::form)
                    .orElseThrow(() -> GrantRefusal.of("invalid_request_uri", "It is unknown, used or expired"));
        }
        if (client.pushesRequests()) {
            throw GrantRefusal.of("invalid_request", "This client must push its requests");
        }
        return own(sent, client);
    }

    private Form own(Form sent, TestClient client) throws GrantRefusal {
        Optional<String> object = sent.value("request");
        return object.isPresent() ? objects.read(object.get(), client) : sent;
    }

    /** RFC 9449 §10.1: a proof stands for {@code dpop_jkt}. */
    private static Form bound(Form form, Optional<String> key) throws GrantRefusal {
        if (key.isEmpty()) {
            return form;
        }
        if (!form.value("dpop_jkt").orElse(key.get()).equals(key.get())) {
            throw GrantRefusal.of("invalid_dpop_proof", "The proof and dpop_jkt name different keys");
        }
        return form.with("dpop_jkt", key.get());
    }
}

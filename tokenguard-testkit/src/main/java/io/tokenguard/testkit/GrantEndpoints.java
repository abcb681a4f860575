package io.tokenguard.testkit;

import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/** The endpoints where clients get tokens and return them. Thread-safe. */
final class GrantEndpoints {
    private final ClientRegister clients;
    private final DpopProofs proofs;
    private final Grants grants;
    private final TokenExchange exchange;
    private final PushedRequests pushed;
    private final AuthorizationEndpoint authorization;
    private final String tokenAddress;

    GrantEndpoints(IssuerAddress address, GrantSettings settings, TokenResponses responses, KeyRing keys, Clock clock) {
        this.clients = new ClientRegister(settings.clients());
        this.proofs = new DpopProofs(clock, settings.dpopNonce());
        this.grants = new Grants(responses, settings, clock);
        this.exchange = new TokenExchange(keys, responses, address.issuer(), clock);
        this.pushed = new PushedRequests(address, clients, proofs, clock);
        this.authorization = new AuthorizationEndpoint(address, clients, pushed, grants, clock);
        this.tokenAddress = address.uriOf(TestEndpoint.TOKEN).toString();
    }

    HonestAnswer answer(TestEndpoint endpoint, RecordedRequest request) {
        return switch (endpoint) {
            case AUTHORIZATION -> authorization.answer(request);
            case PUSHED_AUTHORIZATION -> withNonce(pushed.answer(request));
            case REVOCATION -> revocation(request);
            default -> withNonce(token(request));
        };
    }

    /** RFC 6749 §3.2. */
    private HonestAnswer token(RecordedRequest request) {
        Form form = Form.of(request);
        try {
            form.requireSound();
            TestClient client = clients.authenticated(request, form);
            String type = form.require("grant_type");
            return HonestAnswer.json(200, granted(type, form, client, proofs.keyOf(request, tokenAddress)));
        } catch (GrantRefusal refusal) {
            return refusal.answer();
        }
    }

    private Map<String, Object> granted(String type, Form form, TestClient client, Optional<String> key)
            throws GrantRefusal {
        return switch (type) {
            case "client_credentials" -> grants.ofClient(form, client, key);
            case "urn:ietf:params:oauth:grant-type:token-exchange" -> exchange.exchange(form, client);
            case "authorization_code" -> grants.redeem(form, client, key);
            case "refresh_token" -> grants.refresh(form, client, key);
            default -> throw GrantRefusal.of("unsupported_grant_type", "grant_type is none of the metadata");
        };
    }

    /** RFC 7009 §2. */
    private HonestAnswer revocation(RecordedRequest request) {
        Form form = Form.of(request);
        try {
            form.requireSound();
            grants.revoke(form.require("token"), clients.authenticated(request, form));
            return new HonestAnswer(Map.of("Cache-Control", "no-store"), "");
        } catch (GrantRefusal refusal) {
            return refusal.answer();
        }
    }

    /** RFC 9449 §8.2. */
    private HonestAnswer withNonce(HonestAnswer answer) {
        return proofs.nonce().map(nonce -> answer.with("DPoP-Nonce", nonce)).orElse(answer);
    }
}

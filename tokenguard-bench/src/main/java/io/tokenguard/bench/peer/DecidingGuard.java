package io.tokenguard.bench.peer;

import io.tokenguard.TokenGuard;
import io.tokenguard.access.AccessRequirement;
import io.tokenguard.access.Decision;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.IncomingRequest.Connection;
import io.tokenguard.bench.token.CryptoProvider;
import io.tokenguard.bench.token.Trust;
import io.tokenguard.config.TokenCache;
import java.util.List;
import java.util.Map;

/** TokenGuard, asked whether a whole request may pass: the token, and the scope that its route demands. */
public final class DecidingGuard implements Peer {
    private static final Connection CONNECTION = new Connection(true, "192.0.2.7", "api.example.com", List.of());

    private final TokenGuard guard;

    /** A guard of one issuer with a given token cache; the JDK verifies signatures. */
    public DecidingGuard(Trust trust, TokenCache tokenCache) {
        this(GuardSettings.open(trust, tokenCache, CryptoProvider.JDK));
    }

    /** A guard that was set up elsewhere, and is closed with this. */
    public DecidingGuard(TokenGuard guard) {
        this.guard = guard;
    }

    @Override
    public Object validate(String token) {
        return granted(decide("Bearer " + token));
    }

    /** Decides about a request whose {@code Authorization} field is this. */
    public Decision decide(String field) {
        return guard.decide(request(field));
    }

    /** Decides about such a request by a requirement in place of the route's. */
    public Decision decide(String field, AccessRequirement requirement) {
        return guard.decide(request(field), requirement);
    }

    /**
     * Demands that a request was granted.
     *
     * @throws IllegalStateException if it was refused
     */
    public static Decision granted(Decision decision) {
        if (decision instanceof Decision.Granted) {
            return decision;
        }
        throw new IllegalStateException("a token was refused");
    }

    private static IncomingRequest request(String field) {
        List<String> fields = List.of(field);
        return new IncomingRequest(
                "GET",
                GuardSettings.PATH,
                GuardSettings.PATH,
                name -> name.equals("Authorization") ? fields : List.of(),
                CONNECTION,
                Map.of());
    }

    @Override
    public void close() {
        guard.close();
    }
}

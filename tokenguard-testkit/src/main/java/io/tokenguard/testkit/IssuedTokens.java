package io.tokenguard.testkit;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The last access tokens of the token endpoint, at most 1 000, until they expire. Thread-safe. */
final class IssuedTokens {
    static final Duration LIFETIME = Duration.ofMinutes(5);

    private final ExpiringStore<Issued> tokens;
    private final Supplier<TokenBuilder> builders;
    private final GrantSettings settings;

    IssuedTokens(Supplier<TokenBuilder> builders, GrantSettings settings, Clock clock) {
        this.builders = builders;
        this.settings = settings;
        this.tokens = new ExpiringStore<>(clock, LIFETIME);
    }

    private record Issued(String client, String family, String token, Map<String, @Nullable Object> claims) {}

    /** A new token, bound to a key if there is one. */
    String issue(Grant grant, String family, Optional<String> key) {
        TokenBuilder token = builders.get()
                .subject(grant.user().orElse(grant.client()))
                .clientId(grant.client())
                .expiresIn(LIFETIME);
        if (!grant.scopes().isEmpty()) {
            token.scope(grant.scopes().toArray(String[]::new));
        }
        grant.claims().forEach(token::claim);
        key.ifPresent(thumbprint -> token.claim("cnf", Map.of("jkt", thumbprint)));
        grant.user().map(settings.users()::get).ifPresent(claims -> claims.accept(token));
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("active", true);
        members.put("token_type", key.isPresent() ? "DPoP" : "Bearer");
        members.putAll(token.claims());
        String signed = token.sign();
        tokens.put(signed, new Issued(grant.client(), family, signed, members));
        return signed;
    }

    /** The answer about a token (RFC 7662 §2.2). */
    Map<String, ? extends @Nullable Object> introspected(String token) {
        return tokens.get(token).map(Issued::claims).orElse(Map.of("active", false));
    }

    /** The client of a token; empty if the token is unknown or has expired. */
    Optional<String> clientOf(String token) {
        return tokens.get(token).map(Issued::client);
    }

    void forget(String token) {
        tokens.take(token);
    }

    void revoke(String token) {
        tokens.take(token).ifPresent(issued -> settings.onRevocation().accept(token));
    }

    void revokeFamily(String family) {
        List<String> ended = new ArrayList<>();
        tokens.removeIf(issued -> issued.family().equals(family), issued -> ended.add(issued.token()));
        ended.forEach(settings.onRevocation());
    }
}

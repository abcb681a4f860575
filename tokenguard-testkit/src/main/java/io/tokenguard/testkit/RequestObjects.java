package io.tokenguard.testkit;

import java.time.Clock;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads signed authorization requests (RFC 9101). */
final class RequestObjects {
    private static final Set<String> TYPES = Set.of("jwt", "oauth-authz-req+jwt", "application/oauth-authz-req+jwt");
    private static final Set<String> NEVER = Set.of("request", "request_uri", "sub");

    private final String issuer;
    private final Clock clock;

    RequestObjects(String issuer, Clock clock) {
        this.issuer = issuer;
        this.clock = clock;
    }

    /** The parameters in the object, and no others (RFC 9101 §6.3). */
    Form read(String object, TestClient client) throws GrantRefusal {
        Map<String, @Nullable Object> claims = client.requestKey()
                .flatMap(key -> SignedJson.verify(
                        object,
                        key.publicKey(),
                        key.algorithm().joseName(),
                        type -> type == null || TYPES.contains(type.toLowerCase(Locale.ROOT))))
                .orElseThrow(() -> invalid("It is not signed with the key of the client"));
        if (!client.id().equals(claims.get("client_id"))
                || !client.id().equals(claims.getOrDefault("iss", client.id()))) {
            throw invalid("client_id or iss is another client");
        }
        if (!isForThisIssuer(claims.get("aud")) || !isInTime(claims)) {
            throw invalid("It is for another issuer, has expired or is not valid yet");
        }
        if (claims.keySet().stream().anyMatch(NEVER::contains)) {
            throw invalid("It has a member that RFC 9101 forbids");
        }
        return form(claims);
    }

    private static Form form(Map<String, @Nullable Object> claims) {
        Map<String, String> values = new LinkedHashMap<>();
        claims.forEach((name, value) -> {
            if ((value instanceof String || value instanceof Number)
                    && !String.valueOf(value).isEmpty()) {
                values.put(name, String.valueOf(value));
            }
        });
        return new Form(values, false);
    }

    private boolean isForThisIssuer(@Nullable Object audience) {
        return audience == null
                || audience.equals(issuer)
                || (audience instanceof Collection<?> several && several.contains(issuer));
    }

    private boolean isInTime(Map<String, @Nullable Object> claims) {
        long now = clock.instant().getEpochSecond();
        return number(claims, "exp", Long.MAX_VALUE) > now && number(claims, "nbf", Long.MIN_VALUE) <= now;
    }

    private static long number(Map<String, @Nullable Object> claims, String name, long without) {
        return claims.get(name) instanceof Number number ? number.longValue() : without;
    }

    private static GrantRefusal invalid(String description) {
        return GrantRefusal.of("invalid_request_object", description);
    }
}

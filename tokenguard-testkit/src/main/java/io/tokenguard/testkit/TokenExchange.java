package io.tokenguard.testkit;

import java.time.Clock;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jose4j.json.JsonUtil;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.lang.JoseException;

/** Exchanges tokens of the same issuer (RFC 8693), for any audience. Thread-safe. */
final class TokenExchange {
    private static final String PREFIX = "urn:ietf:params:oauth:token-type:";
    private static final List<String> TYPES = List.of(PREFIX + "access_token", PREFIX + "jwt");

    private final KeyRing keys;
    private final TokenResponses responses;
    private final String issuer;
    private final Clock clock;

    TokenExchange(KeyRing keys, TokenResponses responses, String issuer, Clock clock) {
        this.keys = keys;
        this.responses = responses;
        this.issuer = issuer;
        this.clock = clock;
    }

    /** RFC 8693 §2: the new token is for the audience or resource that is named, and has at most the scopes of the old one. */
    Map<String, Object> exchange(Form form, TestClient client) throws GrantRefusal {
        Map<String, Object> subject = verified(form, "subject_token");
        String type = form.value("requested_token_type").orElse(TYPES.get(0));
        if (!TYPES.contains(type)) {
            throw GrantRefusal.of("invalid_request", "requested_token_type is not supported");
        }
        Map<String, Object> claims = targeted(form);
        if (form.value("actor_token").isPresent()) {
            claims.put(
                    "act",
                    Map.of("sub", String.valueOf(verified(form, "actor_token").get("sub"))));
        }
        Grant grant = new Grant(
                client.id(),
                Optional.of(String.valueOf(subject.get("sub"))),
                scopes(form, subject),
                Optional.empty(),
                claims);
        Map<String, Object> response = responses.of(grant, RandomText.next(), Optional.empty());
        response.put("issued_token_type", type);
        return response;
    }

    /** RFC 8693 §2.1, RFC 8707 §2: the audience of a new token. */
    static Map<String, Object> targeted(Form form) {
        Map<String, Object> claims = new LinkedHashMap<>();
        form.value("audience").or(() -> form.value("resource")).ifPresent(target -> claims.put("aud", target));
        return claims;
    }

    private static List<String> scopes(Form form, Map<String, Object> subject) throws GrantRefusal {
        List<String> granted = Arrays.stream(
                        String.valueOf(subject.getOrDefault("scope", "")).split(" ", -1))
                .filter(scope -> !scope.isEmpty())
                .toList();
        List<String> asked = form.value("scope").isPresent() ? Grant.scopes(form) : granted;
        if (!granted.containsAll(asked)) {
            throw GrantRefusal.of("invalid_scope", "An exchange can't add scopes");
        }
        return asked;
    }

    private Map<String, Object> verified(Form form, String name) throws GrantRefusal {
        if (!TYPES.contains(form.require(name + "_type"))) {
            throw GrantRefusal.of("invalid_request", name + "_type is not supported");
        }
        Map<String, Object> claims = keys.published().stream()
                .flatMap(key -> claims(form.values().getOrDefault(name, ""), key).stream())
                .findFirst()
                .orElseThrow(() -> GrantRefusal.of("invalid_request", name + " is not a token of this issuer"));
        boolean isGood = issuer.equals(claims.get("iss"))
                && claims.get("exp") instanceof Number end
                && end.longValue() > clock.instant().getEpochSecond();
        if (!isGood) {
            throw GrantRefusal.of("invalid_request", name + " is not a token of this issuer, or has expired");
        }
        return claims;
    }

    private static Optional<Map<String, Object>> claims(String token, TestKey key) {
        try {
            JsonWebSignature signature = new JsonWebSignature();
            signature.setCompactSerialization(token);
            signature.setKey(key.publicKey());
            return signature.verifySignature()
                    ? Optional.of(JsonUtil.parseJson(signature.getPayload()))
                    : Optional.empty();
        } catch (JoseException other) {
            return Optional.empty();
        }
    }
}

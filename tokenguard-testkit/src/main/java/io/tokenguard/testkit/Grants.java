package io.tokenguard.testkit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/** Codes and refresh tokens, and what they are exchanged for. Thread-safe: one exchange at a time. */
final class Grants {
    private static final Duration CODE_LIFETIME = Duration.ofMinutes(1);
    private static final Duration REFRESH_LIFETIME = Duration.ofHours(24);
    private static final String INVALID = "invalid_grant";

    private final ExpiringStore<Code> codes;
    private final ExpiringStore<Family> families;
    private final TokenResponses responses;
    private final GrantSettings settings;
    private final Clock clock;

    Grants(TokenResponses responses, GrantSettings settings, Clock clock) {
        this.codes = new ExpiringStore<>(clock, CODE_LIFETIME);
        this.families = new ExpiringStore<>(clock, REFRESH_LIFETIME);
        this.responses = responses;
        this.settings = settings;
        this.clock = clock;
    }

    /** A code, its family of tokens, and whether it was used. */
    private record Code(AuthorizationRequest request, String user, Instant at, String family, AtomicBoolean used) {}

    /** The refresh tokens of one login: only the current one is valid. */
    private record Family(Grant grant, String current) {}

    Set<String> users() {
        return settings.users().keySet();
    }

    /** A new code (RFC 6749 §4.1.2). */
    String code(AuthorizationRequest request, String user) {
        return codes.add(new Code(request, user, clock.instant(), RandomText.next(), new AtomicBoolean()));
    }

    /** RFC 6749 §4.4. */
    Map<String, Object> ofClient(Form form, TestClient client, Optional<String> key) throws GrantRefusal {
        if (!settings.clients().isEmpty() && client.secret().isEmpty()) {
            throw GrantRefusal.of("unauthorized_client", "A client without a secret has no credentials");
        }
        Grant grant = new Grant(
                client.id(), Optional.empty(), Grant.scopes(form), Optional.empty(), TokenExchange.targeted(form));
        return responses.of(grant, RandomText.next(), key);
    }

    /** RFC 6749 §4.1.3 and RFC 7636 §4.6. A second use revokes what the first has got. */
    synchronized Map<String, Object> redeem(Form form, TestClient client, Optional<String> key) throws GrantRefusal {
        Code code = codes.get(form.require("code"))
                .filter(found -> found.request().client().id().equals(client.id()))
                .orElseThrow(() -> GrantRefusal.of(INVALID, "The code is unknown, expired, or of another client"));
        if (code.used().getAndSet(true)) {
            end(code.family());
            throw GrantRefusal.of(INVALID, "The code was used before; its tokens are revoked");
        }
        AuthorizationRequest asked = code.request();
        if (!asked.redirectUri().equals(form.require("redirect_uri"))
                || !Sha256.of(form.require("code_verifier")).equals(asked.form().require("code_challenge"))) {
            throw GrantRefusal.of(INVALID, "redirect_uri or code_verifier is not that of the request");
        }
        if (asked.dpopKey().isPresent() && !asked.dpopKey().equals(key)) {
            throw GrantRefusal.of("invalid_dpop_proof", "The code is for another key");
        }
        Grant grant = grant(code, key);
        Map<String, Object> response = responses.of(grant, code.family(), key);
        response.put("refresh_token", refreshToken(code.family(), grant));
        responses.addIdToken(response, grant, asked.form().value("nonce"));
        return response;
    }

    private Grant grant(Code code, Optional<String> key) throws GrantRefusal {
        TestClient client = code.request().client();
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("auth_time", code.at().getEpochSecond());
        code.request()
                .form()
                .value("acr_values")
                .ifPresent(values -> claims.put("acr", values.strip().split(" ", 2)[0]));
        return new Grant(
                client.id(),
                Optional.of(code.user()),
                Grant.scopes(code.request().form()),
                client.secret().isPresent() ? Optional.empty() : key,
                claims);
    }

    /** RFC 6749 §6, with rotation: an older token revokes the family (RFC 9700 §4.14.2). */
    synchronized Map<String, Object> refresh(Form form, TestClient client, Optional<String> key) throws GrantRefusal {
        String token = form.require("refresh_token");
        String name = familyOf(token);
        Family family = families.get(name)
                .filter(found -> found.grant().client().equals(client.id()))
                .orElseThrow(
                        () -> GrantRefusal.of(INVALID, "The refresh token is unknown, ended, or of another client"));
        if (!family.current().equals(token)) {
            end(name);
            throw GrantRefusal.of(INVALID, "The refresh token was used before; all of its login's tokens are revoked");
        }
        Grant grant = family.grant();
        if (grant.refreshKey().isPresent() && !grant.refreshKey().equals(key)) {
            throw GrantRefusal.of("invalid_dpop_proof", "The refresh token is bound to another key");
        }
        List<String> scopes = form.value("scope").isPresent() ? Grant.scopes(form) : grant.scopes();
        if (!grant.scopes().containsAll(scopes)) {
            throw GrantRefusal.of("invalid_scope", "A refresh token can't add scopes");
        }
        Map<String, Object> response = responses.of(grant.withScopes(scopes), name, key);
        response.put("refresh_token", refreshToken(name, grant));
        return response;
    }

    /** RFC 7009 §2.1: a refresh token ends its access tokens too. Unknown tokens need no answer. */
    synchronized void revoke(String token, TestClient client) throws GrantRefusal {
        Optional<Family> family = families.get(familyOf(token));
        String owner = family.map(found -> found.grant().client())
                .or(() -> responses.tokens().clientOf(token))
                .orElse(client.id());
        if (!owner.equals(client.id())) {
            throw GrantRefusal.of(INVALID, "The token is another client's");
        }
        if (family.isPresent()) {
            end(familyOf(token));
        } else {
            responses.tokens().revoke(token);
        }
    }

    private String refreshToken(String family, Grant grant) {
        String token = family + "." + RandomText.next();
        families.put(family, new Family(grant, token));
        return token;
    }

    private static String familyOf(String refreshToken) {
        return refreshToken.split("\\.", 2)[0];
    }

    private void end(String family) {
        families.take(family);
        responses.tokens().revokeFamily(family);
    }
}

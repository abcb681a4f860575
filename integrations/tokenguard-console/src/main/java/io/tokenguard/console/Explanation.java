package io.tokenguard.console;

import io.tokenguard.TokenGuard;
import io.tokenguard.access.AccessToken;
import io.tokenguard.access.Decision;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.IncomingRequest.Connection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What the guard would decide about a token in a request.
 *
 * @param guard the guard
 * @param connection the connection by which the operator came: the request is taken to come by the same
 */
record Explanation(TokenGuard guard, Connection connection) {
    /**
     * The decision.
     *
     * @param body the token, and method and path of the request
     */
    Map<String, Object> of(JsonObject body) throws MalformedException {
        String path = body.require("path");
        if (!path.startsWith("/")) {
            throw new MalformedException("'path' begins with a slash");
        }
        String method = body.find("method").orElse("GET");
        Optional<String> token = body.find("token").map(String::strip);
        IncomingRequest request = new IncomingRequest(
                method,
                path,
                path,
                name -> name.equalsIgnoreCase("Authorization")
                        ? token.map(text -> List.of("Bearer " + text)).orElse(List.of())
                        : List.of(),
                connection);
        Decision decision = guard.explain(request);
        return decision instanceof Decision.Refused refused
                ? Map.of("granted", false, "refusal", refused.refusal().fields())
                : granted(decision instanceof Decision.Granted granted ? granted.accessToken() : Optional.empty());
    }

    private static Map<String, Object> granted(Optional<AccessToken> token) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("granted", true);
        document.put("token", token.map(Explanation::identity));
        return document;
    }

    private static Map<String, Object> identity(AccessToken token) {
        Map<String, Object> identity = new LinkedHashMap<>();
        identity.put("issuer", token.issuer());
        identity.put("subject", token.subject());
        identity.put("client", token.clientId());
        identity.put("scopes", new TreeSet<>(token.scopes()));
        identity.put("roles", new TreeSet<>(token.roles()));
        identity.put("jti", token.tokenId());
        identity.put("expiresAt", token.expiresAt());
        return identity;
    }
}

package io.tokenguard.internal.authorization;

import io.tokenguard.access.AccessToken;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds a missing scope or role at another place of the token. For hints to the operator only. */
final class HeldElsewhere {
    private static final String SCOPE = "scope";
    private static final String ROLE = "role";
    private static final String BY_CLIENT = "resource_access";
    private static final List<String> PREFIXES = List.of("SCOPE_", "ROLE_");
    private static final List<String> CLAIMS = List.of("roles", "groups", "permissions");

    private HeldElsewhere() {}

    /**
     * Where the token has it, and what to write; empty if it has it nowhere that is known.
     *
     * @param kind scope or role
     * @param name the missing one
     */
    static String hint(String kind, String name, AccessToken token) {
        String bare = PREFIXES.stream()
                .filter(name::startsWith)
                .findFirst()
                .map(prefix -> name.substring(prefix.length()))
                .orElse(name);
        if (!bare.equals(name) && held(kind, token).contains(bare)) {
            return "the token has it without the prefix: write " + kind + " " + bare;
        }
        String other = kind.equals(SCOPE) ? ROLE : SCOPE;
        if (held(other, token).contains(name)) {
            return "the token has it as a " + other + ": write " + other + " " + name;
        }
        String rule = kind.equals(ROLE) ? "" : ", and write role " + name;
        return path(name, token.claims())
                .map(path -> "the token has it in " + path
                        + (isOfClient(path) ? "; if that client is this API, set " : ": set ")
                        + "tokenguard.roles-claim=" + path + rule)
                .orElse("");
    }

    private static Collection<String> held(String kind, AccessToken token) {
        return kind.equals(SCOPE) ? token.scopes() : token.roles();
    }

    private static Optional<String> path(String name, Map<String, @Nullable Object> claims) {
        Optional<String> claim = CLAIMS.stream()
                .filter(candidate -> has(claims.get(candidate), name))
                .findFirst();
        return claim.or(() -> claims.get(BY_CLIENT) instanceof Map<?, ?> clients ? ofClient(name, clients) : claim);
    }

    /** Another client's roles permit nothing here. */
    private static boolean isOfClient(String path) {
        return path.startsWith("/" + BY_CLIENT + "/");
    }

    /** Roles of clients in tokens of Keycloak. */
    private static Optional<String> ofClient(String name, Map<?, ?> clients) {
        return clients.entrySet().stream()
                .filter(client -> client.getValue() instanceof Map<?, ?> access && has(access.get("roles"), name))
                .map(client -> String.valueOf(client.getKey()))
                .findFirst()
                .map(client -> "/" + BY_CLIENT + "/" + client.replace("~", "~0").replace("/", "~1") + "/roles");
    }

    private static boolean has(@Nullable Object value, String name) {
        return value instanceof List<?> list && list.contains(name);
    }
}

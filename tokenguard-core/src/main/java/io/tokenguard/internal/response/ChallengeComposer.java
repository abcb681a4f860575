package io.tokenguard.internal.response;

import io.tokenguard.access.AccessRequirement;
import io.tokenguard.access.Challenge;
import io.tokenguard.access.ConfigurationException;
import io.tokenguard.access.OAuthError;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.Route;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Composes answers (RFC 6750 §3). Every text is a constant or comes from the configuration. Immutable. */
public final class ChallengeComposer {
    private static final String RETRY_AFTER_SECONDS = "1";

    private final String realm;
    private final boolean isUniform;

    /**
     * A composer.
     *
     * @param realm the protection space that challenges name (RFC 9110 §11.5)
     * @param isUniform whether every bad token is answered with the same bytes
     * @throws ConfigurationException if the realm holds a quote, a backslash or anything but printable ASCII
     */
    public ChallengeComposer(String realm, boolean isUniform) {
        boolean isQuotable = realm.chars().allMatch(c -> c >= 0x20 && c < 0x7F && c != '"' && c != '\\');
        if (realm.isEmpty() || !isQuotable) {
            throw ConfigurationException.of(
                    "tokenguard.realm", realm, "use printable ASCII without quotes and backslashes");
        }
        this.realm = realm;
        this.isUniform = isUniform;
    }

    /**
     * Composes the answer to a refused request.
     *
     * @param reason why it was refused
     * @param requirement what its route demands
     */
    public Challenge compose(RefusalReason reason, AccessRequirement requirement) {
        Map<String, List<String>> headers = new HashMap<>();
        headers.put("Cache-Control", List.of("no-store"));
        if (reason.status() == 503) {
            headers.put("Retry-After", List.of(RETRY_AFTER_SECONDS));
        }
        if (reason.status() == 405) {
            headers.put("Allow", List.of(String.join(", ", new TreeSet<>(Route.EVERY_METHOD))));
        }
        if (reason == RefusalReason.NO_CREDENTIALS || reason.error() != OAuthError.NONE) {
            headers.put("WWW-Authenticate", List.of(bearer(reason, scopes(requirement))));
        }
        String body = body(reason.error());
        if (!body.isEmpty()) {
            headers.put("Content-Type", List.of("application/json"));
        }
        return new Challenge(reason.status(), headers, body);
    }

    private String bearer(RefusalReason reason, Set<String> scopes) {
        StringBuilder challenge =
                new StringBuilder("Bearer realm=\"").append(realm).append('"');
        if (reason.error() != OAuthError.NONE) {
            challenge.append(", error=\"").append(reason.error().code()).append('"');
            challenge.append(", error_description=\"").append(describe(reason)).append('"');
        }
        if (!scopes.isEmpty() && saysScope(reason)) {
            challenge.append(", scope=\"").append(String.join(" ", scopes)).append('"');
        }
        return challenge.toString();
    }

    private String describe(RefusalReason reason) {
        return isUniform && reason.error() == OAuthError.INVALID_TOKEN
                ? Descriptions.OF_EVERY_BAD_TOKEN
                : Descriptions.of(reason);
    }

    /** RFC 6750 §3: the scope that is needed to access the resource; with any other error it would mislead. */
    private static boolean saysScope(RefusalReason reason) {
        return reason == RefusalReason.NO_CREDENTIALS || reason == RefusalReason.SCOPE_INSUFFICIENT;
    }

    /** The least set of scopes that is enough: all that are demanded, and the first of each group to choose from. */
    private static Set<String> scopes(AccessRequirement requirement) {
        if (!(requirement instanceof AccessRequirement.Token token)) {
            return Set.of();
        }
        Set<String> scopes = new LinkedHashSet<>(token.allScopes());
        token.anyScopes().forEach(group -> scopes.add(group.iterator().next()));
        return scopes;
    }

    private static String body(OAuthError error) {
        return error == OAuthError.NONE ? "" : "{\"error\":\"" + error.code() + "\"}";
    }
}

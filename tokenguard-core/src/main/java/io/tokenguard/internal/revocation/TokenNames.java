package io.tokenguard.internal.revocation;

import io.tokenguard.access.AccessToken;
import io.tokenguard.internal.jose.NumericDate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The subjects and clients that revocations may name for one token. A revocation applies if it names any of them.
 *
 * @param subjects by the configuration, and by the claims that other configurations use
 * @param clients by the configuration, and by the claims that other configurations use
 */
record TokenNames(Set<String> subjects, Set<String> clients) {
    static TokenNames of(AccessToken token, TokenNaming naming) {
        Set<String> subjects = texts(token, naming.subjectClaims());
        token.subject().ifPresent(subjects::add);
        Set<String> clients = texts(token, naming.clientClaims());
        token.clientId().ifPresent(clients::add);
        return new TokenNames(subjects, clients);
    }

    /** In whole seconds, rounded down, so that errors refuse. */
    static long issuedAt(AccessToken token) {
        return NumericDate.seconds(token.claims().get("iat")).orElse(Long.MIN_VALUE);
    }

    private static Set<String> texts(AccessToken token, Set<List<String>> paths) {
        Set<String> texts = new LinkedHashSet<>();
        for (List<String> path : paths) {
            Object value = token.claims();
            for (String step : path) {
                value = value instanceof Map<?, ?> object ? object.get(step) : null;
            }
            if (value instanceof Long || (value instanceof String text && !text.isEmpty())) {
                texts.add(value.toString());
            }
        }
        return texts;
    }
}

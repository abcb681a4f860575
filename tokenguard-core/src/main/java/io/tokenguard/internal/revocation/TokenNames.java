package io.tokenguard.internal.revocation;

import io.tokenguard.access.AccessToken;
import io.tokenguard.internal.jose.NumericDate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The subjects and clients that revocations may name for one token: by the current configuration, and by the claims that other
 * configurations use. A revocation applies if it names any of them, so that a change of these settings forgets none.
 *
 * @param subjects by the configuration, by {@code sub}, which logout tokens and events name, and by {@code oid}
 * @param clients by the configuration, and by the claims in which servers name clients
 */
record TokenNames(Set<String> subjects, Set<String> clients) {
    private static final List<String> SUBJECT_CLAIMS = List.of("sub", "oid");
    private static final List<String> CLIENT_CLAIMS = List.of("client_id", "azp", "cid", "appid", "applicationId");

    static TokenNames of(AccessToken token) {
        Set<String> subjects = texts(token, SUBJECT_CLAIMS);
        token.subject().ifPresent(subjects::add);
        Set<String> clients = texts(token, CLIENT_CLAIMS);
        token.clientId().ifPresent(clients::add);
        return new TokenNames(subjects, clients);
    }

    static Optional<String> fingerprint(AccessToken token) {
        return Optional.of(token.fingerprint()).filter(text -> !text.isEmpty());
    }

    /** In whole seconds, rounded down, so that errors refuse. */
    static long issuedAt(AccessToken token) {
        return NumericDate.seconds(token.claims().get("iat")).orElse(Long.MIN_VALUE);
    }

    private static Set<String> texts(AccessToken token, List<String> claims) {
        Set<String> texts = new LinkedHashSet<>();
        for (String claim : claims) {
            if (token.claims().get(claim) instanceof String text && !text.isEmpty()) {
                texts.add(text);
            }
        }
        return texts;
    }
}

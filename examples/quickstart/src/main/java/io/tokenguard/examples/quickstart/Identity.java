package io.tokenguard.examples.quickstart;

import io.tokenguard.access.AccessToken;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The identity in a request's token, as members of a JSON object. */
final class Identity {
    private Identity() {}

    static Map<String, Object> of(AccessToken token) {
        Map<String, Object> identity = new LinkedHashMap<>();
        token.subject().ifPresent(subject -> identity.put("sub", subject));
        token.clientId().ifPresent(client -> identity.put("client_id", client));
        identity.put("scope", new TreeSet<>(token.scopes()));
        identity.put("iss", token.issuer());
        token.tokenId().ifPresent(id -> identity.put("jti", id));
        String bindings = token.confirmation().bindings().stream()
                .map(binding -> binding.name().toLowerCase(Locale.ROOT))
                .sorted()
                .collect(Collectors.joining(" "));
        identity.put("binding", bindings.isEmpty() ? "none" : bindings);
        return identity;
    }
}

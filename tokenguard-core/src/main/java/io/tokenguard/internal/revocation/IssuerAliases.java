package io.tokenguard.internal.revocation;

import io.tokenguard.access.AccessToken;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The texts by which revocations may name an issuer. An earlier configuration may have known an issuer by what is an alias
 * now, and its revocations still apply.
 *
 * @param aliases the further texts of each issuer that has any
 * @param unnamed the identifiers of issuers of opaque tokens only, whose answers may name any issuer
 */
public record IssuerAliases(Map<String, Set<String>> aliases, List<String> unnamed) {
    /** Copies both. */
    public IssuerAliases {
        aliases = Map.copyOf(aliases);
        unnamed = List.copyOf(unnamed);
    }

    /** The identifier of an issuer first, and then its further texts. */
    List<String> of(String issuer) {
        Set<String> others = aliases.get(issuer);
        if (others == null) {
            return List.of(issuer);
        }
        Set<String> texts = new LinkedHashSet<>();
        texts.add(issuer);
        texts.addAll(others);
        return List.copyOf(texts);
    }

    /**
     * The texts that may name the issuer of a token. An introspected one belongs to the only unnamed issuer, whatever issuer
     * the answer names.
     */
    List<String> of(AccessToken token) {
        boolean isOnlyIntrospected = token.keyId().isEmpty();
        boolean mayBeUnnamed = isOnlyIntrospected && unnamed.size() == 1 && !unnamed.contains(token.issuer());
        return mayBeUnnamed ? List.of(token.issuer(), unnamed.get(0)) : of(token.issuer());
    }
}

package io.tokenguard.internal.revocation;

import io.tokenguard.access.AccessToken;
import io.tokenguard.access.Revocation;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

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

    /**
     * A revocation by each text that names its issuer: another node, whose configuration has other aliases, may know the issuer
     * by one of them only.
     */
    List<Revocation> byAllTexts(Revocation revocation) {
        return revocation
                .origin()
                .issuer()
                .map(issuer ->
                        of(identifier(issuer)).stream().map(revocation::named).toList())
                .orElse(List.of(revocation));
    }

    /** All further texts. */
    Set<String> further() {
        return aliases.values().stream().flatMap(Set::stream).collect(Collectors.toSet());
    }

    private String identifier(String text) {
        return aliases.entrySet().stream()
                .filter(issuer -> issuer.getValue().contains(text))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(text);
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

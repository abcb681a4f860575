package io.tokenguard.internal.assembly;

import io.tokenguard.access.ConfigurationException;
import io.tokenguard.internal.revocation.IssuerAliases;
import io.tokenguard.internal.settings.IssuerSettings;
import io.tokenguard.internal.settings.IssuerTexts;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Checks how tokens name their issuers. */
final class IssuerTextRules {
    private IssuerTextRules() {}

    /**
     * Requires each text to name one issuer.
     *
     * @throws ConfigurationException if one names two, or none is required although there are several issuers
     */
    static void check(List<IssuerSettings> issuers) {
        Set<String> taken = new HashSet<>();
        issuers.forEach(issuer -> taken.add(issuer.issuer()));
        for (IssuerSettings issuer : issuers) {
            IssuerTexts texts = issuer.tenants().texts();
            texts.aliases().forEach(alias -> requireOwn(issuer, alias, taken));
            if (texts.mayBeMissing() && (issuers.size() > 1 || issuer.isTemplate() || issuer.isUnnamed())) {
                throw ConfigurationException.of(
                        issuer.keyPrefix() + "accept-tokens-without-issuer",
                        true,
                        "a token without iss does not say whose it is; trust exactly one issuer, by its identifier, or set"
                                + " false");
            }
        }
    }

    private static void requireOwn(IssuerSettings issuer, String alias, Set<String> taken) {
        String key = issuer.keyPrefix() + "issuer-aliases";
        if (issuer.isTemplate()
                || issuer.isUnnamed()
                || issuer.tenants().own().isPresent()
                || alias.indexOf('*') >= 0) {
            throw ConfigurationException.of(
                    key, alias, "aliases are exact, and belong to one issuer that is named without * or {tenantid}");
        }
        if (!taken.add(alias)) {
            throw ConfigurationException.of(
                    key, alias, "another issuer, or this one, has that name already; remove one");
        }
    }

    /** The texts by which revocations may name the issuers. */
    static IssuerAliases aliases(List<IssuerSettings> issuers) {
        return new IssuerAliases(
                issuers.stream()
                        .filter(issuer -> !issuer.tenants().texts().aliases().isEmpty())
                        .collect(Collectors.toMap(
                                IssuerSettings::issuer,
                                issuer -> Set.copyOf(issuer.tenants().texts().aliases()))),
                issuers.stream()
                        .filter(IssuerSettings::isUnnamed)
                        .map(IssuerSettings::issuer)
                        .toList());
    }

    /** The issuer of tokens that name none; empty if they are refused. */
    static Optional<String> ofSilentTokens(List<IssuerSettings> issuers) {
        return issuers.stream()
                .filter(issuer -> issuer.tenants().texts().mayBeMissing())
                .map(IssuerSettings::issuer)
                .findFirst();
    }
}

package io.tokenguard.internal.settings;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Which issuers one entry matches.
 *
 * @param names the tenants that replace {@code {tenantid}}
 * @param own the one tenant of this issuer; empty if it has none
 * @param maxActive how many issuers of a template are active at once
 * @param accepts which issuers of a template are trusted
 * @param areHostsNamed whether tokens name the hosts of the issuers of a template
 * @param texts how tokens name the issuer, besides its identifier
 */
public record TenantSettings(
        List<String> names,
        Optional<String> own,
        int maxActive,
        Predicate<String> accepts,
        boolean areHostsNamed,
        IssuerTexts texts) {
    /** Copies the names. */
    public TenantSettings {
        names = List.copyOf(names);
    }

    TenantSettings only(String tenant) {
        return new TenantSettings(List.of(), Optional.of(tenant), maxActive, accepts, areHostsNamed, texts);
    }
}

package io.tokenguard.internal.settings;

import io.tokenguard.access.SignatureAlgorithm;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The settings of one issuer. Immutable.
 *
 * @param keyPrefix the prefix of its properties, for messages, such as {@code tokenguard.issuers.main.}
 * @param issuer its identifier, or the template of its tenants' identifiers
 * @param tokens what its tokens must contain
 * @param keys how its keys are loaded
 * @param tenants which issuers a template matches
 * @param introspection how its tokens are introspected; empty if they are not
 */
public record IssuerSettings(
        String keyPrefix,
        String issuer,
        TokenSettings tokens,
        KeySettings keys,
        TenantSettings tenants,
        Optional<IntrospectionSettings> introspection) {
    static final String TENANT = "{tenantid}";

    /** One issuer for each of its tenants, or itself if it has none. */
    public List<IssuerSettings> perTenant() {
        return tenants.names().isEmpty()
                ? List.of(this)
                : tenants.names().stream().map(this::forTenant).toList();
    }

    private IssuerSettings forTenant(String tenant) {
        return new IssuerSettings(
                keyPrefix, issuer.replace(TENANT, tenant), tokens, keys, tenants.only(tenant), introspection);
    }

    /** One of the issuers that this template matches. */
    public IssuerSettings named(String name) {
        return new IssuerSettings(keyPrefix, name, tokens, keys.ofNamedIssuer(), tenants, introspection);
    }

    /** The same with other algorithms, and keys that are kept for another time while they can't be loaded. */
    public IssuerSettings within(Set<SignatureAlgorithm> algorithms, Duration staleTtl) {
        return new IssuerSettings(
                keyPrefix, issuer, tokens.signedBy(algorithms), keys.keptFor(staleTtl), tenants, introspection);
    }

    /** Whether its identifier contains {@code *}. */
    public boolean isTemplate() {
        return !isUnnamed() && issuer.indexOf('*') >= 0;
    }

    /** Whether only its introspection endpoint is known. */
    public boolean isUnnamed() {
        return introspection.filter(IntrospectionSettings::isUnnamed).isPresent();
    }

    /** Contains the identifier only. */
    @Override
    public String toString() {
        return "IssuerSettings[" + issuer + "]";
    }
}

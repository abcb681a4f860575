package io.tokenguard.internal.settings;

import io.tokenguard.access.SignatureAlgorithm;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The settings of one issuer. Immutable.
 *
 * @param keyPrefix what the keys of its properties begin with, for messages, such as {@code tokenguard.issuers.main.}
 * @param issuer its identifier, or the template of its tenants' identifiers
 * @param tokens what its tokens have to say
 * @param keys how its keys are loaded
 * @param tenants which issuers a template stands for
 * @param introspection how it is asked about tokens; empty if it is not
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

    /** One of the issuers that this template stands for. */
    public IssuerSettings named(String name) {
        return new IssuerSettings(keyPrefix, name, tokens, keys.ofNamedIssuer(), tenants, introspection);
    }

    /** The same with other algorithms, and keys that are kept for another time while they can't be loaded. */
    public IssuerSettings within(Set<SignatureAlgorithm> algorithms, Duration staleTtl) {
        return new IssuerSettings(
                keyPrefix, issuer, tokens.signedBy(algorithms), keys.keptFor(staleTtl), tenants, introspection);
    }

    /** Whether {@code *} in its identifier stands for names. */
    public boolean isTemplate() {
        return !isUnnamed() && issuer.indexOf('*') >= 0;
    }

    /** Whether nothing is known of it but its introspection endpoint. */
    public boolean isUnnamed() {
        return introspection.filter(IntrospectionSettings::isUnnamed).isPresent();
    }

    /** Shows the identifier only. */
    @Override
    public String toString() {
        return "IssuerSettings[" + issuer + "]";
    }
}

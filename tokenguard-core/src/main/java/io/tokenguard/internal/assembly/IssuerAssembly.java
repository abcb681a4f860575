package io.tokenguard.internal.assembly;

import io.tokenguard.internal.issuers.IssuerRegistry;
import io.tokenguard.internal.issuers.IssuerRules;
import io.tokenguard.internal.issuers.IssuerTemplate;
import io.tokenguard.internal.issuers.TenantIssuers;
import io.tokenguard.internal.settings.IssuerSettings;
import io.tokenguard.internal.settings.TenantSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Wires the registry of issuers.
 *
 * @param issuers the issuers
 * @param sources opens their key sources
 */
record IssuerAssembly(List<IssuerSettings> issuers, KeySources sources) {
    /** Omits an issuer without an identifier: none of its signed tokens is accepted. */
    IssuerRegistry registry() {
        Map<String, IssuerRules> named = new LinkedHashMap<>();
        List<TenantIssuers> templates = new ArrayList<>();
        for (IssuerSettings issuer : issuers) {
            if (!issuer.isUnnamed() && !issuer.isTemplate()) {
                named.put(issuer.issuer(), rules(issuer));
            }
        }
        for (IssuerSettings issuer : issuers) {
            if (issuer.isTemplate()) {
                templates.add(template(issuer));
            }
        }
        return new IssuerRegistry(named, templates);
    }

    private IssuerRules rules(IssuerSettings issuer) {
        return IssuerPolicies.rules(issuer, sources.open(issuer));
    }

    private TenantIssuers template(IssuerSettings issuer) {
        IssuerTemplate names = IssuerTemplate.of(issuer.keyPrefix() + "issuer-uri", issuer.issuer());
        sources.requireAllowed(issuer.named(names.sample()));
        TenantSettings tenants = issuer.tenants();
        return new TenantIssuers(
                new TenantIssuers.Terms(names, tenants.accepts(), tenants.maxActive(), tenants.areHostsNamed()),
                name -> rules(issuer.named(name)),
                sources.clocks().steady());
    }
}
